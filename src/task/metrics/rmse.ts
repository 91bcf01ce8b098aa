/** Root mean squared error. */
import type { Metric } from '../predictions.js';
import { meanOfRows } from './mean-of-rows.js';

/**
 * RMSE: the root of the mean squared distance between prediction and truth, in the unit of the target
 * (scikit-learn's `root_mean_squared_error`). Large errors weigh most; the mean minimises it.
 *
 * @example
 * rmse.of([3, 5], [3, 7]).toFixed(3) // → '1.414'
 */
export const rmse: Metric = meanOfRows({
  name: 'RMSE',
  kind: 'number',
  better: 'down',
  inUnit: true,
  meaning: 'root of the mean squared error, in the unit of the target',
  row: (target, predicted, at) => (predicted[at]! - target) ** 2,
  end: Math.sqrt,
});
