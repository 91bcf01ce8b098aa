/** The quantile of paths: one definition for orders, answers, files and scores. */

/**
 * The smallest of these values, which rise, that at least this share of them does not exceed (Hyndman and Fan's type 1). It is a value
 * that a path had, and so whole where paths are whole; and the order that costs least over these very paths.
 */
export function quantileOfSorted(values: Float64Array, share: number): number {
  return values[rankOfShare(share, values.length)]!;
}

/** Where among `count` values that rise that quantile stands, from 0. */
export function rankOfShare(share: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.ceil(share * count - 1e-9) - 1));
}
