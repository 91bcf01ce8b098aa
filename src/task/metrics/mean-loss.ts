/** The scores that are a mean over rows: log loss and Brier. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';

/** Probabilities are kept this far from 0 and 1, as scikit-learn does for doubles. */
const epsilon = Number.EPSILON;

/**
 * Log loss, the mean of −ln(probability given to what came true), in nats; probabilities are clipped to
 * [2⁻⁵², 1 − 2⁻⁵²] (scikit-learn's `log_loss`). Defined for one class too; NaN for no row.
 *
 * @example
 * logLoss.of([0, 1], [0.5, 0.5]) // → 0.6931471805599453
 */
export const logLoss: Metric = meanLoss(
  'log loss',
  'mean of −ln(the probability given to what came true)',
  (label, probability) => {
    const clipped = Math.min(1 - epsilon, Math.max(epsilon, probability));
    return -Math.log(label === 1 ? clipped : 1 - clipped);
  },
);

/**
 * Brier score, the mean squared distance of probability and outcome (Brier 1950, one class; scikit-learn's).
 *
 * @example
 * brier.of([0, 1], [0.25, 0.5]) // → 0.15625
 */
export const brier: Metric = meanLoss(
  'Brier',
  'mean squared distance between probability and outcome',
  (label, probability) => (probability - label) ** 2,
);

function meanLoss(
  name: string,
  meaning: string,
  loss: (label: number, probability: number) => number,
): Metric {
  return defineMetric({
    name,
    better: 'down',
    meaning,
    prepare({ targets: labels, predicted: probabilities }) {
      const losses = probabilities.map((probability, i) => loss(labels[i]!, probability));
      return (counts) => {
        let [sum, rows] = [0, 0];
        for (let i = 0; i < losses.length; i++) {
          const count = counts[i]!;
          sum += count * losses[i]!;
          rows += count;
        }
        return sum / rows;
      };
    },
  });
}
