/** Distributions for a forecaster that gives expected values alone, from what it missed before. */
import { checkNumbers } from '../../check-numbers.js';
import { seededRandom } from '../../random.js';
import { segmentOf } from '../accuracy/segment-of.js';
import type { FittedForecaster, Forecaster } from '../forecaster.js';
import { demandOf } from '../local/local.js';
import type { Panel } from '../panel/panel.js';
import { changeOf, type ErrorVectors, errorVectors } from './error-vectors.js';
import { fitOnce } from './fit-once.js';

/**
 * The forecaster with paths. It is fitted at `origins` earlier origins as well (8 by default, half a horizon apart), when paths are first wanted; what
 * it missed there is added to what it expects now. An error is a whole vector over the horizon, so that steps depend on each
 * other as they did and sums over steps have the right spread. A series draws from the errors of all series that sell
 * alike, at its own scale: its own errors count, but few origins tell little. Paths are never below 0 where the series never was, and
 * whole where the panel counts. After `update` the errors are those of the first fit.
 * `series` is how many series are looked at for errors, drawn where there are more; all by default. Leave it so for a model that learns from all
 * series together.
 *
 * @example
 * const { paths } = withPaths(local(ets())).fit(panel, { seed: 1 }).forecast(4);
 * paths!(100, 1).length // → 800
 */
export function withPaths(
  forecaster: Forecaster,
  { origins = 8, series = Number.POSITIVE_INFINITY }: { origins?: number; series?: number } = {},
): Forecaster {
  const whole = { integer: true, min: 1 };
  checkNumbers(
    { code: 'forecast-bad-setting', of: 'withPaths' },
    { origins, series: Math.min(series, Number.MAX_SAFE_INTEGER) },
    { origins: whole, series: whole },
  );
  return {
    name: forecaster.name,
    fit: (panel, options) => {
      const kept = new Map<number, ErrorVectors>();
      const errorsOf = (horizon: number): ErrorVectors => {
        const errors =
          kept.get(horizon) ?? errorVectors(forecaster, panel, { origins, horizon, series, fit: options });
        kept.set(horizon, errors);
        return errors;
      };
      return withErrors(fitOnce(forecaster, panel, options), { panel, first: panel, errorsOf });
    },
  };
}

interface Past {
  readonly panel: Panel;
  /** The panel of the first fit, whose series have the errors. */
  readonly first: Panel;
  readonly errorsOf: (horizon: number) => ErrorVectors;
}

function withErrors(inner: FittedForecaster, past: Past): FittedForecaster {
  return {
    forecast: (horizon) => {
      const { means } = inner.forecast(horizon);
      return {
        horizon,
        means,
        paths: (count, seed) => drawPaths(means, { count, seed, errors: past.errorsOf(horizon), past }),
      };
    },
    update: (panel) => withErrors(inner.update(panel), { ...past, panel }),
  };
}

function drawPaths(
  means: Float64Array,
  { count, seed, errors, past }: { count: number; seed: number; errors: ErrorVectors; past: Past },
): Float64Array {
  const { horizon, pools, segments, spreads } = errors;
  const placeOf = new Map(past.first.series.map(({ key }, i) => [JSON.stringify(key), i]));
  const paths = new Float64Array(means.length * count);
  past.panel.series.forEach((series, i) => {
    const { key, values } = series;
    const place = placeOf.get(JSON.stringify(key));
    // A series that came with an update has missed nothing yet: it is as all are.
    const demand = demandOf(series);
    const pool = pools.get(place === undefined ? segmentOf(demand) : segments[place]!)!;
    const spread = place === undefined ? changeOf(demand) : spreads[place]!;
    const least = past.panel.counts || values.every((value) => !(value < 0)) ? 0 : -Infinity;
    const random = seededRandom(seed).fork(JSON.stringify(key));
    for (let k = 0; k < count; k++) {
      const from = random.integer(pool.length / horizon) * horizon;
      for (let h = 0; h < horizon; h++) {
        const value = Math.max(least, means[i * horizon + h]! + spread * pool[from + h]!);
        paths[(i * count + k) * horizon + h] = past.panel.counts ? Math.round(value) : value;
      }
    }
  });
  return paths;
}
