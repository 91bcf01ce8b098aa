/** A metric with its interval, and the paired difference of two: by DeLong where that holds, else by bootstrap. */
import { Problem } from '../problem.js';
import type { Labels } from '../table/matrix.js';
import { checkPredictions } from '../task/check-predictions.js';
import { auc } from '../task/metrics/auc.js';
import type { Estimate, Metric, Predictions } from '../task/predictions.js';
import {
  type BootstrapOptions,
  bootstrap,
  percentileInterval,
  type Replicates,
} from './intervals/bootstrap.js';
import { delong, delongDifference } from './intervals/delong.js';

/** How an interval is made. */
export interface EstimateOptions extends BootstrapOptions {
  /** The share of intervals that should hold the truth, 0.95 by default. */
  level?: number;
}

/**
 * The metric of these predictions with its interval: DeLong's for an AUC of independent rows; else the bootstrap, by
 * blocks where rows stand in time order, by whole groups where they have groups.
 *
 * @example
 * const { value, low, high, method } = estimate(averagePrecision, predictions, { seed: 7 });
 * low <= value && value <= high // → true
 */
export function estimate(metric: Metric, predictions: Predictions, options: EstimateOptions = {}): Estimate {
  return estimateAll([metric], predictions, options)[0]!;
}

/** Several metrics of the same predictions, on the same resamples. */
export function estimateAll(
  metrics: readonly Metric[],
  predictions: Predictions,
  options: EstimateOptions = {},
): Estimate[] {
  return estimateEach(metrics, [predictions], options)[0]!;
}

/** Several metrics of several predictions of the same rows: the estimates of each, all on the same resamples, drawn once. */
export function estimateEach(
  metrics: readonly Metric[],
  judged: readonly Predictions[],
  options: EstimateOptions = {},
): Estimate[][] {
  const first = judged[0];
  if (!first) return [];
  for (const predictions of judged) checkPredictions(predictions);
  const resampled = metrics.filter((metric) => !hasDelong(metric, first));
  const measures = judged.map((predictions) => resampled.map((metric) => metric.prepare(predictions)));
  const { values, method } = bootstrap(first, measures.flat(), options);
  const once = new Uint16Array(first.targets.length).fill(1);
  return judged.map(({ targets: labels, predicted: probabilities }, i) =>
    metrics.map((metric) => {
      const at = resampled.indexOf(metric);
      if (at < 0) return delong(labels as Labels, probabilities, options);
      const replicates = values[i * resampled.length + at]!;
      return percentileInterval(measures[i]![at]!(once), replicates, { ...options, method });
    }),
  );
}

/**
 * The metric of `a` minus that of `b` on the same rows, with the interval of the difference: both are judged on the
 * same resamples, so that what is common to them falls away. Throws `evaluate-other-rows` where rows differ.
 *
 * @example
 * const other = crossValidate(pipeline(recipe, naiveBayes()), { dataset: calls, protocol });
 * difference(auc, predictions, other); // value, low, high: the interval of the paired difference
 */
export function difference(
  metric: Metric,
  a: Predictions,
  b: Predictions,
  options: EstimateOptions & { readonly drawn?: Drawn } = {},
): Estimate {
  if (a.rows.length !== b.rows.length || a.rows.some((row, i) => row !== b.rows[i])) {
    throw new Problem({
      code: 'evaluate-other-rows',
      what: 'two candidates were judged on different rows, so their scores cannot be paired',
      remedy: 'judge both under the same protocol, on the same dataset',
    });
  }
  if (hasDelong(metric, a)) {
    return delongDifference(a.targets as Labels, { a: a.predicted, b: b.predicted }, options);
  }
  const value = metric.value(a) - metric.value(b);
  const { drawn = new Map(), ...how } = options;
  const replicatesOf = (judged: Predictions): Replicates => {
    const found = drawn.get(judged)?.get(metric) ?? bootstrap(a, [metric.prepare(judged)], how);
    drawn.set(judged, (drawn.get(judged) ?? new Map()).set(metric, found));
    return found;
  };
  const {
    values: [ofA],
    method,
  } = replicatesOf(a);
  const {
    values: [ofB],
  } = replicatesOf(b);
  const differences = ofA!.map((replicate, i) => replicate - ofB![i]!);
  return percentileInterval(value, differences, { ...how, method: `paired ${method}` });
}

/** Replicates that differences have drawn, for those to come that are made in the same way. */
export type Drawn = Map<Predictions, Map<Metric, Replicates>>;

/** Whether DeLong's interval holds: the metric is the AUC, and rows are independent. */
function hasDelong(metric: Metric, predictions: Predictions): boolean {
  return metric === auc && !predictions.ordered && !predictions.groups;
}
