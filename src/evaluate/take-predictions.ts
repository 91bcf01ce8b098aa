/** Some of the predictions, as predictions. */
import type { Predictions } from './evaluate.js';

/** Those at these places, in this order; they keep their folds and cut-offs. Order and groups are dropped. */
export function takePredictions(from: Predictions, places: Uint32Array): Predictions {
  return {
    rows: Uint32Array.from(places, (i) => from.rows[i]!),
    labels: Uint8Array.from(places, (i) => from.labels[i]!),
    probabilities: Float64Array.from(places, (i) => from.probabilities[i]!),
    folds: Uint16Array.from(places, (i) => from.folds[i]!),
    cutoffs: from.cutoffs,
  };
}
