/** The coefficient of determination. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { bySpread } from './part-weights.js';

/**
 * R²: 1 minus the squared errors over those of the mean of these very rows (scikit-learn's `r2_score`). The mean of
 * other rows has 0 or less. NaN where all truths are equal.
 *
 * @example
 * rSquared.of([1, 2, 3], [1, 2, 3]) // → 1
 */
export const rSquared: Metric = defineMetric({
  name: 'R²',
  kind: 'number',
  better: 'up',
  whyNone: () => 'every row that judges came true as the same number',
  meaning: 'the share of the variance that is explained',
  weightWithin: bySpread,
  prepare: ({ targets, predicted, width = 1 }) => {
    return (counts) => {
      let [rows, sum, errors, spread] = [0, 0, 0, 0];
      for (let i = 0; i < targets.length; i++) {
        rows += counts[i]!;
        sum += counts[i]! * targets[i]!;
        errors += counts[i]! * (predicted[i * width]! - targets[i]!) ** 2;
      }
      const mean = sum / rows;
      for (let i = 0; i < targets.length; i++) spread += counts[i]! * (targets[i]! - mean) ** 2;
      return spread > 0 ? 1 - errors / spread : Number.NaN;
    };
  },
});
