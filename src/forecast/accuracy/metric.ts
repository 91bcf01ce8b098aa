/** The contract of metrics of forecasts: what each series adds, and how the sums become one number. */

/** One series at one origin: what was known, what was said, and what came. */
export interface ForecastCase {
  /** Known at the origin, oldest first; NaN where a value was not. */
  readonly past: Float64Array;
  /** The panel's shortest season in periods, 1 for none. */
  readonly season: number;
  /** What came, a value a step; NaN where nobody knows. */
  readonly actual: Float64Array;
  /** What was expected of each step. */
  readonly means: Float64Array;
  /** How it might have gone, step by step in rising order: steps × paths, row-major; absent where means alone are given. */
  readonly sorted?: Float64Array;
}

/** A measure of forecasts over many series. */
export interface ForecastMetric {
  /** "MASE", "WAPE". */
  readonly name: string;
  /** True where it needs paths. */
  readonly ofPaths: boolean;
  /** What this series adds to each sum; undefined where it says nothing (no value came, or the scale is 0). */
  measure(of: ForecastCase): readonly number[] | undefined;
  /** One number from the sums over series and origins. */
  combine(sums: Float64Array): number;
  /** What a ranking makes small; the value itself unless said otherwise. */
  loss?(value: number): number;
}

/** Mean of `of` over the steps whose value is known; undefined without any. */
export function meanOverSteps(
  { actual, means }: ForecastCase,
  of: (actual: number, expected: number) => number,
): number | undefined {
  let [sum, count] = [0, 0];
  for (let i = 0; i < actual.length; i++) {
    if (Number.isNaN(actual[i]!)) continue;
    sum += of(actual[i]!, means[i]!);
    count++;
  }
  return count === 0 ? undefined : sum / count;
}

/** A metric that is the plain mean over series. */
export function meanOverSeries(
  name: string,
  of: (one: ForecastCase) => number | undefined,
  options: { ofPaths?: boolean; loss?: (value: number) => number } = {},
): ForecastMetric {
  const { ofPaths = false, loss } = options;
  return {
    name,
    ofPaths,
    measure: (one) => {
      const value = of(one);
      return value === undefined ? undefined : [value, 1];
    },
    combine: ([sum, count]) => sum! / count!,
    ...(loss && { loss }),
  };
}
