/** Quantiles by linear interpolation (Hyndman and Fan's type 7, the default of numpy and R). */

/** The values that are there, in ascending order; NaN is left out. */
export function sortedValues(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

/**
 * The quantile of `sorted` (ascending, not empty) at `part / parts`: `quantile(sorted, 1, 2)` is the median. In two
 * numbers, so that a quantile that falls on a value is that value: 3/7 as a double would be a little beside it.
 */
export function quantile(sorted: Float64Array, part: number, parts: number): number {
  const position = ((sorted.length - 1) * part) / parts;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
