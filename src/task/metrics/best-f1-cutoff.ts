/** The cut-off of best F1 on given rows. */
import type { Targets } from '../../table/matrix.js';
import { checkPredictions } from '../check-predictions.js';
import { countYes } from './count-yes.js';
import { rankingOf } from './ranking.js';

/**
 * The probability at or above which saying yes has the best F1 on these rows: one of the probabilities themselves,
 * the highest of them where several are equally good. 0.5 where no row is a yes. Choose it on rows that the model has
 * not learned from, and never on the rows that judge.
 */
export function bestF1Cutoff(labels: Targets, probabilities: Float64Array): number {
  checkPredictions(
    { targets: labels, predicted: probabilities },
    { name: 'the cut-off of best F1', kind: 'yesNo' },
  );
  const ranking = rankingOf({ targets: labels, predicted: probabilities });
  const total = countYes(labels);
  let [best, cutoff, yes] = [0, 0.5, 0];
  for (let rank = 0; rank < ranking.order.length; rank++) {
    yes += ranking.labels[rank]!;
    if (ranking.ends[rank] === 0) continue;
    const value = (2 * yes) / (rank + 1 + total);
    if (value > best) {
      best = value;
      cutoff = probabilities[ranking.order[rank]!]!;
    }
  }
  return cutoff;
}
