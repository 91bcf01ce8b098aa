/** The median of numbers that weigh differently. */

/**
 * The least value at or below which half of the weight lies; where exactly half lies there, the middle of it and the next
 * value, so that equal weights give the usual median.
 */
export function weightedMedian(values: Float64Array, weights?: Float64Array): number {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const weightOf = (row: number): number => (weights ? weights[row]! : 1);
  const rows = order.filter((row) => weightOf(row) > 0);
  const half = rows.reduce((sum, row) => sum + weightOf(row), 0) / 2;
  let below = 0;
  for (let rank = 0; rank < rows.length; rank++) {
    const row = rows[rank]!;
    below += weightOf(row);
    if (below > half) return values[row]!;
    if (below === half) return (values[row]! + values[rows[rank + 1] ?? row]!) / 2;
  }
  return Number.NaN;
}
