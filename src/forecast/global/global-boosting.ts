/** One boosting for all series: what one teaches helps the others. */
import { checkNumbers } from '../../check-numbers.js';
import { Problem } from '../../problem.js';
import type { FittedForecaster, Forecaster, Forecasts } from '../forecaster.js';
import type { Panel } from '../panel/panel.js';
import { demandPaths } from './demand-paths.js';
import { demandRows, excessOf, hasPast, type SeenDemand, seeDemand } from './demand-rows.js';
import { type GlobalBoostingOptions, globalBoostingSettings } from './global-boosting-options.js';
import { type LearnedDemand, learnDemand } from './learn-demand.js';
import { learnErrors } from './learn-errors.js';
import type { Spread } from './spread.js';

/** What a series of which nothing is known is expected to sell, as a share of what the others do. */
const unknownShare = 0.01;

/**
 * Gradient boosting over all series at once. First it learns by what the season and what is known ahead multiply demand, pooled
 * over all that shares an attribute; then trees learn what is left, in units of each series' own scale: from its past
 * (`plainPast`), the calendar, attributes that are numbers, and how many periods ahead is forecast, one model for all steps.
 * Where forecasts of the last periods missed less so, a line through each series takes the place of trees.
 * Where stock ran out, demand is taken to be as expected above what was sold; where nothing was sold for lack of stock, it is not known. Its paths are
 * negative binomial around the means (gamma where the panel does not count), as wide as the model's errors were in periods that
 * it had not seen. Source of the recipe: Makridakis, Spiliotis and Assimakopoulos, "M5 accuracy competition", 2022.
 *
 * Its `fit` throws `forecast-too-short` for a panel without enough periods, and `boosting-targets` for negative values under
 * Poisson or Tweedie loss; `forecast` throws `forecast-bad-setting` beyond `horizon`.
 *
 * @example
 * const forecaster = globalBoosting({ horizon: 3, loss: { tweedie: 1.3 } });
 * forecaster.name // → 'global boosting (tweedie 1.3)'
 */
export function globalBoosting(options: GlobalBoostingOptions): Forecaster {
  const settings = globalBoostingSettings(options);
  const { horizon, loss } = settings;
  const text = typeof loss === 'string' ? loss : Object.entries(loss).flat().join(' ');
  return {
    name: `global boosting (${text})`,
    fit: (panel, given) => {
      const { spread, ways } = learnErrors(panel, { settings, given });
      const learned = ways.map((way) => learnDemand(panel, { settings, given, way }));
      return fitted({ panel, horizon, learned, spread });
    },
  };
}

interface State {
  readonly panel: Panel;
  readonly horizon: number;
  /** The models whose mean forecasts. */
  readonly learned: readonly LearnedDemand[];
  readonly spread: Spread | undefined;
}

function fitted(state: State): FittedForecaster {
  const { panel, learned, horizon: most } = state;
  const seen = learned.map((one) => seeDemand(panel, { ...one, horizon: most }));
  return {
    forecast: (horizon) => {
      checkNumbers(
        { code: 'forecast-bad-setting' },
        { horizon },
        { horizon: { integer: true, min: 1, max: most } },
      );
      return forecastFrom({ ...state, seen }, horizon);
    },
    update: (longer) => {
      checkSameSeries(panel, longer);
      return fitted({ ...state, panel: longer });
    },
  };
}

function forecastFrom(
  { panel, learned, spread, seen }: State & { readonly seen: readonly SeenDemand[] },
  horizon: number,
): Forecasts {
  const each = learned.map((one, k) => meansOf(seen[k]!, { ...one, horizon }));
  const means = each[0]!.map((_, i) => each.reduce((sum, own) => sum + own[i]!, 0) / each.length);
  if (spread === undefined || means.some((mean) => mean < 0)) return { horizon, means };
  const { past } = seen.at(-1)!;
  const excess = Float64Array.from(panel.series, ({ values }, s) => excessOf(past, s, values.length));
  return {
    horizon,
    means,
    paths: (count, seed) =>
      demandPaths({ means, horizon, excess, spread, counts: panel.counts, count, seed }),
  };
}

/** What one model expects of each series from its end, row-major. */
function meansOf(seen: SeenDemand, { expected, horizon }: LearnedDemand & { horizon: number }): Float64Array {
  const { panel, past } = seen;
  const size = panel.series.length * horizon;
  const ends = Int32Array.from({ length: size }, (_, row) => panel.series[Math.floor(row / horizon)]!.values.length); // biome-ignore format: one thought
  const rows = demandRows(seen, {
    series: Int32Array.from({ length: size }, (_, row) => Math.floor(row / horizon)),
    positions: ends,
    steps: Int32Array.from({ length: size }, (_, row) => 1 + (row % horizon)),
  });
  return expected(rows, seen).map((mean, row) => {
    const series = rows.series[row]!;
    if (hasPast(past, series, ends[row]!)) return mean;
    const isKnown = past.seen.counts[past.seen.offset[series]! + ends[row]!]! > 0;
    return rows.units[row]! * (isKnown ? 1 : unknownShare);
  });
}

/** Throws `forecast-other-panel` where an update brings other series. */
function checkSameSeries(old: Panel, next: Panel): void {
  const differs = old.series.findIndex(({ key }, i) => key.join('\0') !== next.series[i]?.key.join('\0'));
  if (differs < 0 && old.series.length === next.series.length) return;
  throw new Problem({
    code: 'forecast-other-panel',
    what:
      differs < 0
        ? `the panel has ${next.series.length} series, the model was fitted on ${old.series.length}`
        : `series ${differs} is ${next.series[differs]?.key.join(', ') ?? 'missing'}, not ${old.series[differs]!.key.join(', ')}`,
    expected: 'the same series in the same order, with more periods',
    remedy: 'fit anew for other series',
  });
}
