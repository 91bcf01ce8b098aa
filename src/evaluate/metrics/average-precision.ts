/** Average precision. */
import { defineScore } from '../define-score.js';
import type { Score } from '../evaluate.js';
import { rankingOf } from './ranking.js';

/**
 * Average precision: the precision at each distinct cut-off, weighted by the recall gained there, without
 * interpolation (scikit-learn's `average_precision_score`). NaN where there is one class only: without a yes there is
 * no recall, and without a no every ranking is perfect.
 */
export const averagePrecision: Score = defineScore({
  name: 'average precision',
  better: 'up',
  meaning: 'the mean precision over the recalls reached, step by step',
  prepare(predictions) {
    const { order, labels, ends } = rankingOf(predictions);
    return (counts) => {
      let [yes, all, tiedYes, sum] = [0, 0, 0, 0];
      for (let rank = 0; rank < order.length; rank++) {
        const count = counts[order[rank]!]!;
        all += count;
        if (labels[rank] === 1) tiedYes += count;
        if (ends[rank] === 1 && tiedYes > 0) {
          yes += tiedYes;
          sum += (tiedYes * yes) / all;
          tiedYes = 0;
        }
      }
      return yes === 0 || yes === all ? Number.NaN : sum / yes;
    };
  },
});
