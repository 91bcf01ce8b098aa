/** Pearson's correlation of two columns of numbers. */

/** Over the rows that have both values; NaN where one of the two does not vary. */
export function correlation(a: Float64Array, b: Float64Array): number {
  let count = 0;
  let [sumA, sumB] = [0, 0];
  a.forEach((value, row) => {
    if (Number.isNaN(value + b[row]!)) return;
    count++;
    sumA += value;
    sumB += b[row]!;
  });
  const [meanA, meanB] = [sumA / count, sumB / count];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, row) => {
    if (Number.isNaN(value + b[row]!)) return;
    const [x, y] = [value - meanA, b[row]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  });
  return aa === 0 || bb === 0 ? Number.NaN : ab / Math.sqrt(aa * bb);
}
