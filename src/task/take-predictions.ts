/** Some of the predictions, as predictions. */
import { takeTargets } from '../table/take-targets.js';
import type { Predictions } from './predictions.js';

/** Those at these places, in this order; they keep their folds and cut-offs. Order and groups are dropped. */
export function takePredictions(from: Predictions, places: Uint32Array): Predictions {
  const { width = 1 } = from;
  const predicted = new Float64Array(places.length * width);
  places.forEach((place, i) => {
    for (let k = 0; k < width; k++) predicted[i * width + k] = from.predicted[place * width + k]!;
  });
  return {
    rows: Uint32Array.from(places, (i) => from.rows[i]!),
    targets: takeTargets(from.targets, places),
    predicted,
    ...(from.width !== undefined && { width }),
    folds: Uint16Array.from(places, (i) => from.folds[i]!),
    cutoffs: from.cutoffs,
  };
}
