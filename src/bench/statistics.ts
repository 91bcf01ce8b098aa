/** Medians and quartiles of small lists. */

/**
 * The quantile by linear interpolation between the closest ranks (definition 7 of Hyndman and Fan, 1996).
 * NaN for no values.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (place - below);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
