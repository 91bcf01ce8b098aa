/** Average precision. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { oneClassOnly } from './one-class-only.js';
import { byRows } from './part-weights.js';
import { kindsOfStep, recallSteps } from './recall-steps.js';

/**
 * Average precision: the precision at each distinct cut-off, weighted by the recall gained there, without
 * interpolation (scikit-learn's `average_precision_score`). NaN where there is one class only: without a yes there is
 * no recall, and without a no every ranking is perfect.
 *
 * @example
 * averagePrecision.of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.9]).toFixed(4) // → '0.8333'
 */
export const averagePrecision: Metric = defineMetric({
  name: 'average precision',
  better: 'up',
  meaning: 'the mean precision over the recalls reached, step by step',
  whyNone: oneClassOnly,
  weightWithin: byRows,
  prepare(predictions) {
    const sumsOf = recallSteps(predictions);
    return (counts) => {
      const sums = sumsOf(counts);
      let [yes, no, sum] = [0, 0, 0];
      for (let at = 0; at < sums.length; at += kindsOfStep) {
        const own = sums[at + 2]!;
        no += sums[at]! + sums[at + 1]!;
        yes += own;
        // A step without a yes adds 0, which is quicker than asking; where there are no rows yet, 0 / 1.
        sum += (own * yes) / (yes + no || 1);
      }
      return yes === 0 || no === 0 ? Number.NaN : sum / yes;
    };
  },
});
