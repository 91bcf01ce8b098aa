/** What the holdout rows are judged by: within each segment where rows are weighed against each other, and named for what it is where pooled. */
import { segmentsOf } from '../evaluate/segments.js';
import { groupCodes, isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { defineMetric } from '../task/define-metric.js';
import { withinSegments } from '../task/metrics/within-segments.js';
import type { Metric, Predictions } from '../task/predictions.js';

/**
 * The metrics of a study as they are taken on its holdout rows; the first is the headline. A metric that weighs rows against
 * each other (AUC, average precision, F1, R²) is taken within each segment, as a user meets it who works on the rows of a day
 * or a shop. On all rows together it also rewards knowing the segment, so that it is called pooled there. A mean over rows
 * (Brier, an absolute error) is the same either way and stands once. Without segments a mean over folds is the metric
 * itself, for the holdout rows are one stretch.
 */
export function holdoutMetrics(
  metrics: readonly Metric[],
  judged: Predictions,
  { holdout, segments }: { holdout: Dataset; segments: string | undefined },
): Metric[] {
  const alike = !isOrdered(holdout) && !groupCodes(holdout);
  const taken = [...new Set(metrics.map((metric) => metric.pooled ?? metric))];
  return taken.flatMap((metric) => {
    if (!metric.weightWithin) return metric;
    if (segments === undefined) return alike ? metric : pooled(metric);
    const { codes } = segmentsOf(holdout, segments);
    const isDate = holdout.table.column(segments).kind === 'date';
    const within = withinSegments(metric, { codes, each: isDate ? `month of ${segments}` : segments });
    return Number.isNaN(within.value(judged)) ? pooled(metric) : [within, pooled(metric)];
  });
}

/** The metric under a name that says that it knows no segments. */
function pooled(metric: Metric): Metric {
  const { kind, better, inUnit, atCutoff, prepare } = metric;
  const name = `pooled ${metric.name}`;
  const meaning = `the ${metric.name} of all rows together, which also rewards knowing the stretch that a row is of`;
  return defineMetric({ name, kind, better, inUnit, atCutoff, meaning, prepare });
}
