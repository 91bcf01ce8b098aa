/** The most likely class of each row. */

/** The place of the greatest of `width` probabilities from `at`; of equals the first. */
export function mostLikely(predicted: Float64Array, at: number, width: number): number {
  let best = 0;
  for (let k = 1; k < width; k++) if (predicted[at + k]! > predicted[at + best]!) best = k;
  return best;
}
