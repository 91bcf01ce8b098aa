/** The quantile that conformal prediction takes of distances. */

/**
 * The least value such that the rows at or below it weigh `level` of all rows and of one more, of mean weight, that may be
 * anything: the row that is to be predicted. For equal weights it is the ⌈(n + 1) · level⌉-th smallest. Infinity where there
 * are too few rows.
 */
export function weightedQuantile(
  values: Float64Array,
  { level, weights }: { level: number; weights?: Float64Array | undefined },
): number {
  const weightOf = (row: number): number => (weights ? weights[row]! : 1);
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const all = order.reduce((sum, row) => sum + weightOf(row), 0);
  // Sums of weights are not exact: a hair less than the share will do.
  const wanted = level * (all + all / values.length) * (1 - 1e-12);
  let below = 0;
  for (const row of order) {
    below += weightOf(row);
    if (below >= wanted) return values[row]!;
  }
  return Number.POSITIVE_INFINITY;
}
