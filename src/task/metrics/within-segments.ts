/** A metric taken within each segment of the rows (a month, a shop): what is left once the segment itself tells nothing. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { oneClassOnly } from './one-class-only.js';
import { byRows } from './part-weights.js';
import { withinParts } from './within-parts.js';

/**
 * The mean over segments of `metric` within each: for the AUC weighted by pairs of a yes and a no, so that it is the chance
 * that a yes ranks above a no *of the same segment*; for R² by the spread of each; for any other metric by rows. Segments in which it is not defined are
 * left out. `codes` has the segment of each row of the dataset; `each` is what a segment is, for the name: "AUC within each month".
 */
export function withinSegments(
  metric: Metric,
  { codes, each }: { codes: ArrayLike<number>; each: string },
): Metric {
  const weightOf = metric.weightWithin ?? byRows;
  return defineMetric({
    name: `${metric.name} within each ${each}`,
    kind: metric.kind,
    better: metric.better,
    inUnit: metric.inUnit,
    atCutoff: metric.atCutoff,
    meaning: `mean over each ${each} of the ${metric.name} within it`,
    whyNone: (predictions) =>
      new Set(predictions.targets).size > 1
        ? `no ${each} holds rows of more than one class`
        : oneClassOnly(predictions),
    prepare(predictions) {
      const partOf = Int32Array.from(predictions.rows, (row) => codes[row]!);
      const within = withinParts(metric, predictions, partOf);
      return (counts) => {
        let [sum, weights] = [0, 0];
        for (const part of within(counts)) {
          if (Number.isNaN(part.value)) continue;
          const weight = weightOf(part);
          sum += weight * part.value;
          weights += weight;
        }
        return sum / weights;
      };
    },
  });
}
