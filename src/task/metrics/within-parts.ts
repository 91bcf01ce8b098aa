/** Judges rows part by part: what metrics within folds and within segments are made of. */
import type { Counts, Metric, Predictions } from '../predictions.js';
import { takePredictions } from '../take-predictions.js';

/** What one part of the rows is worth under a resample. */
export interface PartValue {
  /** NaN where the metric is not defined, as for the AUC of one class. */
  readonly value: number;
  /** How many times each row of the part counts. */
  readonly counts: Counts;
  readonly targets: Predictions['targets'];
}

/** The metric within each part, for any resample of the rows, until the next. `partOf` holds a code for each of the predictions. */
export function withinParts(
  metric: Metric,
  predictions: Predictions,
  partOf: ArrayLike<number>,
): (counts: Counts) => PartValue[] {
  const found = new Map<number, number[]>();
  for (let i = 0; i < partOf.length; i++) {
    const mine = found.get(partOf[i]!);
    if (mine) mine.push(i);
    else found.set(partOf[i]!, [i]);
  }
  const parts = [...found.values()].map((list) => {
    const places = Uint32Array.from(list);
    const part = takePredictions(predictions, places);
    return {
      ...{ places, targets: part.targets, measure: metric.prepare(part) },
      own: new Uint16Array(places.length),
    };
  });
  return (counts) =>
    parts.map(({ places, targets, measure, own }) => {
      for (let i = 0; i < places.length; i++) own[i] = counts[places[i]!]!;
      return { value: measure(own), counts: own, targets };
    });
}
