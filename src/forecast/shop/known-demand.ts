/** The forecaster that knows the distribution which demand is drawn from. */
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import type { FittedForecaster, Forecaster } from '../forecaster.js';
import type { Panel } from '../panel/panel.js';
import { drawNegativeBinomial } from './draws.js';

/** The distribution: negative binomial, each week apart from the others. */
export interface KnownDemand {
  readonly keys: readonly (readonly string[])[];
  /** Series × weeks, row-major. */
  readonly means: Float64Array;
  /** The size of each series. */
  readonly sizes: Float64Array;
}

/** Forecasts by this distribution, from the end of each series of the panel that it is given. */
export function knownDemand({ keys, means, sizes }: KnownDemand): Forecaster {
  const weeks = means.length / keys.length;
  const placeOf = new Map(keys.map((key, place) => [JSON.stringify(key), place]));
  const fit = ({ series }: Panel): FittedForecaster => {
    const places = series.map(({ key, start, values }) => {
      const place = placeOf.get(JSON.stringify(key));
      if (place === undefined)
        throw new Problem({ code: 'shop-unknown-series', what: `the shop has no series ${key.join(', ')}` });
      return place * weeks + start + values.length;
    });
    return {
      update: fit,
      forecast: (horizon) => {
        const late = series.findIndex(({ start, values }) => start + values.length + horizon > weeks);
        if (late >= 0)
          throw new Problem({
            code: 'shop-beyond-plan',
            what: `the shop's demand is known for ${weeks} weeks, and the forecast goes beyond`,
            remedy: 'forecast fewer weeks, or from an earlier end: until(panel, 13)',
          });
        const at = (s: number, h: number): number => means[places[s]! + h]!;
        return {
          horizon,
          means: Float64Array.from({ length: series.length * horizon }, (_, i) =>
            at(Math.floor(i / horizon), i % horizon),
          ),
          paths: (count, seed) => {
            const paths = new Float64Array(series.length * count * horizon);
            series.forEach(({ key }, s) => {
              const random = seededRandom(seed).fork(JSON.stringify(key));
              const size = sizes[placeOf.get(JSON.stringify(key))!]!;
              for (let i = 0; i < count * horizon; i++)
                paths[s * count * horizon + i] = drawNegativeBinomial(random, {
                  mean: at(s, i % horizon),
                  size,
                });
            });
            return paths;
          },
        };
      },
    };
  };
  return { name: 'the true distribution', fit };
}
