/** The area under the ROC curve. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { oneClassOnly } from './one-class-only.js';
import { byPairs } from './part-weights.js';
import { rankingOf } from './ranking.js';

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
    const { order, labels, ends } = rankingOf(predictions);
    return (counts) => {
      let [yes, no, pairs, tiedYes, tiedNo] = [0, 0, 0, 0, 0];
      for (let rank = 0; rank < order.length; rank++) {
        const count = counts[order[rank]!]!;
        if (labels[rank] === 1) tiedYes += count;
        else tiedNo += count;
        if (ends[rank] === 1) {
          pairs += tiedNo * (yes + tiedYes / 2);
          yes += tiedYes;
          no += tiedNo;
          tiedYes = 0;
          tiedNo = 0;
        }
      }
      return pairs / (yes * no);
    };
  },
});
