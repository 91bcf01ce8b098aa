/** Some of the predictions, as predictions. */
import type { Targets } from '../table/matrix.js';
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

/** The targets at these places, as targets of the same kind. */
export function takeTargets(targets: Targets, places: Uint32Array): Targets {
  if (targets instanceof Uint8Array) return Uint8Array.from(places, (i) => targets[i]!);
  if (targets instanceof Float64Array) return Float64Array.from(places, (i) => targets[i]!);
  return Int32Array.from(places, (i) => targets[i]!);
}
