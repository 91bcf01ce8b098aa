/** Makes a `Metric` from one function, so that a value, its pure form and its resamples can never disagree. */
import type { Labels } from '../table/matrix.js';
import { withText } from '../table/print.js';
import { checkPredictions } from './check-predictions.js';
import type { Counts, Metric, Predictions } from './evaluate.js';

/** What `defineMetric` takes. */
export interface MetricSpec {
  readonly name: string;
  readonly better: 'up' | 'down';
  /** What is measured, in a line. */
  readonly meaning: string;
  /** Whether it needs a cut-off; by default not. */
  readonly atCutoff?: boolean;
  /** Prepares once for these rows; the result gives the value when row i counts `counts[i]` times. */
  prepare(predictions: Predictions): (counts: Counts) => number;
}

/**
 * A metric of one's own: everything follows from `prepare`.
 *
 * @example
 * const meanAbsoluteError = defineMetric({
 *   name: 'mean absolute error',
 *   better: 'down',
 *   meaning: 'mean distance of probability and outcome',
 *   prepare: ({ labels, probabilities }) => (counts) => {
 *     let [sum, rows] = [0, 0];
 *     for (const [i, count] of counts.entries()) {
 *       sum += count * Math.abs(labels[i]! - probabilities[i]!);
 *       rows += count;
 *     }
 *     return sum / rows;
 *   },
 * });
 * meanAbsoluteError.of([0, 1], [0.25, 0.5]) // → 0.375
 */
export function defineMetric({ name, better, meaning, atCutoff = false, prepare }: MetricSpec): Metric {
  const value = (predictions: Predictions): number => {
    checkPredictions(predictions);
    return prepare(predictions)(new Uint16Array(predictions.labels.length).fill(1));
  };
  const metric: Metric = {
    name,
    better,
    atCutoff,
    value,
    of: (labels, probabilities, options = {}) => value(predictionsOf(labels, probabilities, options)),
    prepare,
  };
  return withText(metric, () => `${name}: ${meaning} (${better === 'up' ? 'more' : 'less'} is better)`);
}

/** Labels and probabilities as predictions of one fold with one cut-off, 0.5 by default. */
export function predictionsOf(
  labels: Labels | readonly number[],
  probabilities: Float64Array | readonly number[],
  options: { cutoff?: number; ordered?: boolean; groups?: Int32Array } = {},
): Predictions {
  const count = labels.length;
  const { cutoff = 0.5, ...rest } = options;
  return {
    rows: Uint32Array.from({ length: count }, (_, i) => i),
    labels: labels instanceof Uint8Array ? labels : Uint8Array.from(labels),
    probabilities: probabilities instanceof Float64Array ? probabilities : Float64Array.from(probabilities),
    folds: new Uint16Array(count),
    cutoffs: Float64Array.of(cutoff),
    ...rest,
  };
}
