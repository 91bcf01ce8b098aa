/** Makes a `Metric` from one function, so that a value, its pure form and its resamples can never disagree. */
import type { TargetKind, Targets } from '../table/matrix.js';
import { withText } from '../table/print.js';
import { checkPredictions } from './check-predictions.js';
import type { Counts, Metric, PartWeight, Predictions } from './predictions.js';

/** What `defineMetric` takes. */
export interface MetricSpec {
  readonly name: string;
  /** The kind of target that it is for; by default yes or no. */
  readonly kind?: TargetKind;
  readonly better: 'up' | 'down';
  /** What is measured, in a line. */
  readonly meaning: string;
  /** Whether it needs a cut-off; by default not. */
  readonly atCutoff?: boolean;
  /** Whether its value is in the unit of the target; by default not. */
  readonly inUnit?: boolean;
  /** Whether it judges the bounds of intervals; by default not. */
  readonly ofIntervals?: boolean;
  /** What it is the mean of, over the folds; absent where it is no such mean. */
  readonly pooled?: Metric;
  /** How much a stretch counts in the mean over stretches, where rows are weighed against each other (`Metric.weightWithin`). */
  readonly weightWithin?: PartWeight;
  /** Prepares once for these rows; the result gives the value when row i counts `counts[i]` times. */
  prepare(predictions: Predictions): (counts: Counts) => number;
  /** Why the value is NaN for these predictions, as a clause: "every row that judges is a no". */
  whyNone?(predictions: Predictions): string;
}

/**
 * A metric of one's own: everything follows from `prepare`.
 *
 * @example
 * const meanAbsoluteError = defineMetric({
 *   name: 'mean absolute error',
 *   better: 'down',
 *   meaning: 'mean distance of probability and outcome',
 *   prepare: ({ targets, predicted }) => (counts) => {
 *     let [sum, rows] = [0, 0];
 *     for (const [i, count] of counts.entries()) {
 *       sum += count * Math.abs(targets[i]! - predicted[i]!);
 *       rows += count;
 *     }
 *     return sum / rows;
 *   },
 * });
 * meanAbsoluteError.of([0, 1], [0.25, 0.5]) // → 0.375
 */
export function defineMetric(spec: MetricSpec): Metric {
  const {
    name,
    kind = 'yesNo',
    better,
    meaning,
    atCutoff = false,
    inUnit = false,
    ofIntervals = false,
  } = spec;
  const { pooled, weightWithin, prepare, whyNone } = spec;
  const value = (predictions: Predictions): number => {
    checkPredictions(predictions, { name, kind });
    return prepare(predictions)(new Uint16Array(predictions.targets.length).fill(1));
  };
  const metric: Metric = {
    name,
    kind,
    better,
    atCutoff,
    inUnit,
    ofIntervals,
    value,
    of: (targets, predicted, options = {}) => value(predictionsOf(typed(targets, kind), predicted, options)),
    prepare,
    ...(pooled && { pooled }),
    ...(weightWithin && { weightWithin }),
    ...(whyNone && { whyNone }),
  };
  return withText(metric, () => `${name}: ${meaning} (${better === 'up' ? 'more' : 'less'} is better)`);
}

/** Targets and what was predicted, as predictions of one fold with one cut-off, 0.5 by default. */
export function predictionsOf(
  targets: Targets | readonly number[],
  predicted: Float64Array | readonly number[],
  options: { cutoff?: number; width?: number; ordered?: boolean; groups?: Int32Array } = {},
): Predictions {
  const count = targets.length;
  const { cutoff = 0.5, ...rest } = options;
  return {
    rows: Uint32Array.from({ length: count }, (_, i) => i),
    targets: ArrayBuffer.isView(targets) ? targets : Uint8Array.from(targets),
    predicted: predicted instanceof Float64Array ? predicted : Float64Array.from(predicted),
    folds: new Uint16Array(count),
    cutoffs: Float64Array.of(cutoff),
    ...rest,
  };
}

/** A plain list as targets of the metric's kind; typed targets stay what they are. */
function typed(targets: Targets | readonly number[], kind: TargetKind): Targets {
  if (ArrayBuffer.isView(targets)) return targets;
  if (kind === 'number') return Float64Array.from(targets);
  return kind === 'yesNo' ? Uint8Array.from(targets) : Int32Array.from(targets);
}
