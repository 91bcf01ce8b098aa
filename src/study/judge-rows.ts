/** Predicts rows whose outcome is known, once, as metrics and policies judge them. */
import type { FittedPipeline } from '../evaluate/pipeline.js';
import { groupCodes, isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import type { Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';

/** The predictions of a model for rows that did not teach it; `cutoff` is for metrics that cut, NaN for the others. */
export function judgeRows(pipeline: FittedPipeline, rows: Dataset, cutoff: number): Predictions {
  const targets = taskOf(rows.schema).targets(rows);
  const groups = groupCodes(rows);
  const { width } = pipeline;
  return {
    rows: Uint32Array.from(targets.keys()),
    targets,
    predicted: pipeline.predict(rows),
    ...(width > 1 && { width }),
    folds: new Uint16Array(targets.length),
    cutoffs: Float64Array.of(cutoff),
    ...(isOrdered(rows) && { ordered: true }),
    ...(groups && { groups }),
  };
}
