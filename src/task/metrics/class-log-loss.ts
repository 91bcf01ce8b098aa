/** Log loss over several classes. */
import type { Metric } from '../predictions.js';
import { meanOfRows } from './mean-of-rows.js';

/** Probabilities are clipped here, as scikit-learn does for doubles. */
const least = 2 ** -52;

/**
 * Log loss: the mean of −log of the probability that the class which came true was given (scikit-learn's `log_loss`).
 *
 * @example
 * classLogLoss.of([0, 1], [0.5, 0.5, 0.25, 0.75], { width: 2 }).toFixed(3) // → '0.490'
 */
export const classLogLoss: Metric = meanOfRows({
  name: 'log loss',
  kind: 'category',
  better: 'down',
  meaning: 'mean of −log of the probability given to the class that came true',
  row: (target, predicted, at) => -Math.log(Math.min(1 - least, Math.max(least, predicted[at + target]!))),
});
