/** The shortest decimal between two neighbouring values: a threshold that a person can read. */

/**
 * The number of fewest decimal digits in [low, high), as near to the middle as those digits allow; `low` itself
 * where there is none shorter. Both are finite and low < high. So `value <= threshold` parts the two.
 */
export function shortestBetween(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  if (low < 0 && high > 0) return 0;
  for (let digits = 1; digits <= 17; digits++) {
    const short = Number(middle.toPrecision(digits));
    if (short >= low && short < high) return short;
  }
  return low;
}
