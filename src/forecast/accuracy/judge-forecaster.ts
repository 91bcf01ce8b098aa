/** What a forecaster said at each origin, series by series, beside what came. */
import { fitOnce } from '../combine/fit-once.js';
import type { Forecaster, Forecasts } from '../forecaster.js';
import type { Panel } from '../panel/panel.js';
import type { ForecastCase, ForecastMetric } from './metric.js';
import type { Origin } from './rolling-origin.js';

/** How a forecaster is judged. */
export interface JudgeOptions {
  readonly metrics: readonly ForecastMetric[];
  /** How many periods at the beginning of each forecast lie before the origin. */
  readonly delay: number;
  readonly seed: number;
  /** How many paths are drawn where a metric needs them. */
  readonly paths?: number;
  readonly threads?: number;
}

/** What each series adds to each metric: by metric, series × parts, row-major, summed over the origins. */
export type SeriesSums = readonly { readonly parts: number; readonly sums: Float64Array }[];

/** Forecasts from all origins, measured. A metric of distributions takes the mean for one where a forecaster gives no paths. */
export function judgeForecaster(
  forecaster: Forecaster,
  origins: readonly Origin[],
  { metrics, delay, seed, paths = 200, threads = 1 }: JudgeOptions,
): SeriesSums {
  const count = origins[0]!.known.series.length;
  const wanted = metrics.some(({ ofPaths }) => ofPaths);
  const measured = metrics.map((): (readonly number[] | undefined)[] => []);
  for (const { known, actual } of origins) {
    const horizon = actual.length / count;
    const fitted = fitOnce(forecaster, known, { seed, threads });
    const forecasts = fitted.forecast(horizon + delay);
    const drawn = wanted ? sortedPaths(forecasts, { count: paths, seed, delay }) : undefined;
    for (let i = 0; i < count; i++) {
      // A series that had not begun is none of the metrics' business.
      const begun = known.series[i]!.values.some((value) => !Number.isNaN(value));
      const one = caseAt(known, i, { actual, forecasts, drawn, horizon });
      for (const [k, metric] of metrics.entries()) measured[k]!.push(begun ? metric.measure(one) : undefined);
    }
  }
  return measured.map((values) => summed(values, count));
}

/** Adds up what each series said at each origin; the values go through the series origin by origin. */
function summed(
  values: readonly (readonly number[] | undefined)[],
  count: number,
): { parts: number; sums: Float64Array } {
  const parts = values.find((value) => value !== undefined)?.length ?? 1;
  const sums = new Float64Array(count * parts);
  values.forEach((value, at) => {
    value?.forEach((part, j) => {
      sums[(at % count) * parts + j]! += part;
    });
  });
  return { parts, sums };
}

function caseAt(
  known: Panel,
  i: number,
  said: { actual: Float64Array; forecasts: Forecasts; drawn: Float64Array | undefined; horizon: number },
): ForecastCase {
  const { actual, forecasts, drawn, horizon } = said;
  const each = drawn && drawn.length / known.series.length;
  return {
    past: known.series[i]!.values,
    season: known.seasons[0] ?? 1,
    actual: actual.subarray(i * horizon, (i + 1) * horizon),
    means: forecasts.means.subarray((i + 1) * forecasts.horizon - horizon, (i + 1) * forecasts.horizon),
    ...(drawn && each && { sorted: drawn.subarray(i * each, (i + 1) * each) }),
  };
}

/** The paths of each series and step after the delay, in rising order: series × steps × paths, row-major. */
export function sortedPaths(
  forecasts: Forecasts,
  { count, seed, delay = 0 }: { count: number; seed: number; delay?: number },
): Float64Array {
  const { horizon, means } = forecasts;
  const paths = forecasts.paths?.(count, seed);
  const steps = horizon - delay;
  const series = means.length / horizon;
  const sorted = new Float64Array(series * steps * count);
  for (let i = 0; i < series; i++)
    for (let step = 0; step < steps; step++) {
      const at = (i * steps + step) * count;
      for (let k = 0; k < count; k++)
        sorted[at + k] = paths
          ? paths[(i * count + k) * horizon + delay + step]!
          : means[i * horizon + delay + step]!;
      sorted.subarray(at, at + count).sort();
    }
  return sorted;
}
