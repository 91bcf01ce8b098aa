/** The area under the ROC curve. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { oneClassOnly } from './one-class-only.js';
import { byPairs } from './part-weights.js';
import { kindsOfStep, recallSteps } from './recall-steps.js';

/**
 * AUC: the chance that a random yes gets a higher probability than a random no, ties counting half (Mann and
 * Whitney's U over the number of pairs; scikit-learn's `roc_auc_score`). NaN where there is one class only.
 *
 * @example
 * auc.of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // → 0.75
 */
export const auc: Metric = defineMetric({
  name: 'AUC',
  better: 'up',
  meaning: 'the chance that a random yes ranks above a random no, ties counting half',
  whyNone: oneClassOnly,
  weightWithin: byPairs,
  prepare(predictions) {
    const sumsOf = recallSteps(predictions);
    return (counts) => {
      const sums = sumsOf(counts);
      let [yes, no, pairs] = [0, 0, 0];
      for (let at = 0; at < sums.length; at += kindsOfStep) {
        const [above, tied, own] = [sums[at]!, sums[at + 1]!, sums[at + 2]!];
        pairs += above * yes + tied * (yes + own / 2);
        no += above + tied;
        yes += own;
      }
      return pairs / (yes * no);
    };
  },
});
