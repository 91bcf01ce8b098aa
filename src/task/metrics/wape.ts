/** Weighted absolute percentage error. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';

/**
 * WAPE: the sum of absolute errors over the sum of absolute truths, so that it is a share of the whole and zeros do no
 * harm. NaN where the truths sum to 0.
 *
 * @example
 * wape.of([3, 5], [3, 7]) // → 0.25
 */
export const wape: Metric = defineMetric({
  name: 'WAPE',
  kind: 'number',
  better: 'down',
  meaning: 'sum of absolute errors over the sum of what came true',
  prepare: ({ targets, predicted, width = 1 }) => {
    return (counts) => {
      let [errors, truths] = [0, 0];
      for (let i = 0; i < targets.length; i++) {
        errors += counts[i]! * Math.abs(predicted[i * width]! - targets[i]!);
        truths += counts[i]! * Math.abs(targets[i]!);
      }
      return truths === 0 ? Number.NaN : errors / truths;
    };
  },
});
