/** The stretches of a dataset that scores are also shown within: months, shops, whatever the study names. */

import { segmentsOf } from '../evaluate/segments.js';
import type { Dataset } from '../schema/schema.js';
import { takeTargets } from '../table/take-targets.js';
import { auc } from '../task/metrics/auc.js';
import type { Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import type { SegmentRow } from './study-report.js';

/** Rows, rate and (where the rows were predicted) AUC of every stretch; none where the study names no column. */
export function segmentRows(
  dataset: Dataset,
  column: string | undefined,
  judged?: Predictions,
): SegmentRow[] {
  if (column === undefined) return [];
  const { codes, names } = segmentsOf(dataset, column);
  const task = taskOf(dataset.schema);
  const targets = task.targets(dataset);
  const metric = task.metrics.find((one) => one === auc);
  return names.map((name, segment) => {
    const rows = Uint32Array.from(codes.keys()).filter((row) => codes[row] === segment);
    const own = takeTargets(targets, rows);
    const rate = task.means(own, Float64Array.from(own))?.true ?? null;
    if (!judged || !metric) return { name, rows: rows.length, rate };
    const value = metric.of(
      own,
      Float64Array.from(rows, (row) => judged.predicted[row]!),
    );
    return { name, rows: rows.length, rate, auc: Number.isFinite(value) ? value : null };
  });
}
