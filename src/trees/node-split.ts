/** What the search for splits speaks of: the sums of a leaf, what their units are worth, and a split. */

/** The sums of a leaf, as the integers that histograms add, and the bounds that monotone columns put on its value. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** What one integer unit of a sum is worth. */
export interface Scales {
  readonly gradient: number;
  readonly hessian: number;
}

/**
 * The power of two that a unit is worth, the finest at which no value of at most this magnitude exceeds 2^30 units (a pair
 * has 32 bits) and no sum of so many of them 2^`sumBits` or 2^52 (a double counts to 2^53).
 */
export function unitFor(magnitude: number, count: number, sumBits: number): number {
  if (!(magnitude > 0)) return 1;
  const log2 = (value: number): number => Math.ceil(Math.log2(value));
  return 2 ** Math.max(log2(magnitude) - 30, log2(magnitude * count) - Math.min(52, sumBits));
}

/** Where to part a leaf, how much that gains, and the sums of the left side. */
export interface NodeSplit {
  readonly gain: number;
  readonly column: number;
  /** Numbers: bins up to this one go left. Categories: -1, and `sides` says which. */
  readonly bin: number;
  readonly missingLeft: boolean;
  /** What was added to the hessians: more for sorted categories. */
  readonly l2: number;
  readonly gradient: number;
  readonly hessian: number;
  /** 1 where a bin goes left; for categories only. */
  readonly sides: Uint8Array | undefined;
}
