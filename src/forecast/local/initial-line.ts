/** The straight line through the first periods of a series, from which a search begins. */

/** Least squares over the first `count` periods, numbered from 1: the mean, the value at period 0, and the slope. */
export function initialLine(
  values: Float64Array,
  count: number,
): { mean: number; intercept: number; slope: number } {
  const first = values.subarray(0, count);
  const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
  const middle = (first.length + 1) / 2;
  let [products, squares] = [0, 0];
  for (let i = 0; i < first.length; i++) {
    products += (i + 1 - middle) * (first[i]! - mean);
    squares += (i + 1 - middle) ** 2;
  }
  const slope = squares === 0 ? 0 : products / squares;
  return { mean, intercept: mean - slope * middle, slope };
}
