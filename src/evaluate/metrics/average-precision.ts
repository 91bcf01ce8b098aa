/** Average precision. */
import type { Labels } from '../../table/matrix.js';
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
    const { stepOf, yesRows, stepCount } = stepsOf(predictions);
    const rows = new Float64Array(stepCount + 1);
    const yesses = new Float64Array(stepCount + 1);
    return (counts) => {
      rows.fill(0);
      yesses.fill(0);
      for (let row = 0; row < stepOf.length; row++) rows[stepOf[row]!]! += counts[row]!;
      for (const row of yesRows) yesses[stepOf[row]!]! += counts[row]!;
      let [yes, all, sum] = [0, 0, 0];
      for (let step = 0; step < stepCount; step++) {
        all += rows[step]!;
        yes += yesses[step]!;
        // A step without a yes adds 0, which is quicker than asking; where there are no rows yet, 0 / 1.
        sum += (yesses[step]! * yes) / (all || 1);
      }
      return yes === 0 || yes === all + rows[stepCount]! ? Number.NaN : sum / yes;
    };
  },
});

/**
 * The steps in which recall grows as the cut-off falls: each ends with a tie that has a yes. Rows behind the last of them
 * are of step `stepCount`. Sums by step need no walk in the order of the ranks, which is nowhere near that of memory.
 */
function stepsOf(rows: { labels: Labels; probabilities: Float64Array }): {
  stepOf: Uint32Array;
  yesRows: Uint32Array;
  stepCount: number;
} {
  const { order, labels, ends } = rankingOf(rows);
  const stepOf = new Uint32Array(order.length);
  let stepCount = 0;
  let hasYes = false;
  for (let rank = 0; rank < order.length; rank++) {
    stepOf[order[rank]!] = stepCount;
    hasYes ||= labels[rank] === 1;
    if (ends[rank] !== 1 || !hasYes) continue;
    stepCount++;
    hasYes = false;
  }
  return {
    stepOf,
    yesRows: Uint32Array.from(rows.labels.keys()).filter((row) => rows.labels[row] === 1),
    stepCount,
  };
}
