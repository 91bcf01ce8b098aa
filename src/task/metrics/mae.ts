/** Mean absolute error. */
import type { Metric } from '../predictions.js';
import { meanOfRows } from './mean-of-rows.js';

/**
 * MAE: the mean absolute distance between prediction and truth, in the unit of the target (scikit-learn's
 * `mean_absolute_error`). The median minimises it.
 *
 * @example
 * mae.of([3, 5], [3, 7]) // → 1
 */
export const mae: Metric = meanOfRows({
  name: 'MAE',
  kind: 'number',
  better: 'down',
  inUnit: true,
  meaning: 'mean absolute error, in the unit of the target',
  row: (target, predicted, at) => Math.abs(predicted[at]! - target),
});
