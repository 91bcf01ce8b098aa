/** The quantile that a leaf takes. */

/**
 * The value below which about `share` of the values lie; reorders them. Where all weigh the same, LightGBM's definition: the
 * place share × (n - 1) of the n values in rising order, and between two places a line. Else the least value at
 * which the weights of the values up to it reach the share of all. (LightGBM's answer then depends on the unit of the weights.)
 */
export function quantileOf(values: Float64Array, share: number, weights?: Float64Array): number {
  if (weights?.some((weight) => weight !== weights[0])) return weightedQuantile(values, share, weights);
  const place = share * (values.length - 1);
  const whole = Math.floor(place);
  const lower = nthSmallest(values, whole);
  if (place === whole) return lower;
  let upper = Infinity;
  for (let i = whole + 1; i < values.length; i++) if (values[i]! < upper) upper = values[i]!;
  return lower + (upper - lower) * (place - whole);
}

function weightedQuantile(values: Float64Array, share: number, weights: Float64Array): number {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  let all = 0;
  for (const weight of weights) all += weight;
  let below = 0;
  for (const i of order) {
    below += weights[i]!;
    if (weights[i]! > 0 && below >= share * all) return values[i]!;
  }
  return values[order.at(-1)!]!;
}

/** The value that stands at place `n` once sorted; puts none greater before it, and none less behind it (Hoare, "Find", 1961). */
export function nthSmallest(values: Float64Array, n: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let [left, right] = [low, high];
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (values[right]! > pivot) right--;
      if (left > right) break;
      const swapped = values[left]!;
      values[left++] = values[right]!;
      values[right--] = swapped;
    }
    if (n <= right) high = right;
    else if (n >= left) low = left;
    else break;
  }
  return values[n]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
