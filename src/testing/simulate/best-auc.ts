/** The AUC that nobody can beat, where the true probabilities are known. */

/**
 * The AUC to be expected of ranking by the true probabilities themselves, labels being drawn from them independently:
 * the share of (yes, no) pairs, each weighted by its chance to come about, that stand in the right order; ties count
 * as half. NaN where no such pair can come about.
 */
export function bestAuc(probability: Float64Array): number {
  const sorted = probability.slice().sort();
  let right = 0;
  let pairs = 0;
  let noBelow = 0;
  let noInAll = 0;
  let i = 0;
  for (const p of sorted) noInAll += 1 - p;
  while (i < sorted.length) {
    // All rows of one probability p: they beat what lies below, and tie with each other, but not with themselves.
    const p = sorted[i]!;
    let same = 0;
    while (sorted[i] === p) {
      same++;
      i++;
    }
    right += same * p * (noBelow + 0.5 * (same - 1) * (1 - p));
    pairs += same * p * (noInAll - (1 - p));
    noBelow += same * (1 - p);
  }
  return right / pairs;
}
