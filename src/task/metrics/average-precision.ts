/** Average precision. */
import { defineMetric } from '../define-metric.js';
import type { Counts, Judged, Metric } from '../predictions.js';
import { oneClassOnly } from './one-class-only.js';
import { byRows } from './part-weights.js';
import { rankingOf } from './ranking.js';

/**
 * Average precision: the precision at each distinct cut-off, weighted by the recall gained there, without
 * interpolation (scikit-learn's `average_precision_score`). NaN where there is one class only: without a yes there is
 * no recall, and without a no every ranking is perfect.
 *
 * @example
 * averagePrecision.of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.9]).toFixed(4) // → '0.8333'
 */
export const averagePrecision: Metric = defineMetric({
  name: 'average precision',
  better: 'up',
  meaning: 'the mean precision over the recalls reached, step by step',
  whyNone: oneClassOnly,
  weightWithin: byRows,
  prepare(predictions) {
    const steps = stepsOf(predictions);
    return (counts) => precisionOf(steps, counts);
  },
});

function precisionOf({ stepOf, yesRows, rows, yesses }: Steps, counts: Counts): number {
  rows.fill(0);
  yesses.fill(0);
  for (let row = 0; row < stepOf.length; row++) rows[stepOf[row]!]! += counts[row]!;
  for (let i = 0; i < yesRows.length; i++) yesses[stepOf[yesRows[i]!]!]! += counts[yesRows[i]!]!;
  const last = rows.length - 1;
  let [yes, all, sum] = [0, 0, 0];
  for (let step = 0; step < last; step++) {
    all += rows[step]!;
    yes += yesses[step]!;
    // A step without a yes adds 0, which is quicker than asking; where there are no rows yet, 0 / 1.
    sum += (yesses[step]! * yes) / (all || 1);
  }
  return yes === 0 || yes === all + rows[last]! ? Number.NaN : sum / yes;
}

/**
 * The steps in which recall grows as the cut-off falls: each ends with a tie that has a yes. Rows behind the last of them
 * are of one more step. Sums by step need no walk in the order of the ranks, which is nowhere near that of memory.
 */
interface Steps {
  readonly stepOf: Uint32Array;
  readonly yesRows: Uint32Array;
  /** Room for the sums by step. */
  readonly rows: Float64Array;
  readonly yesses: Float64Array;
}

function stepsOf(predictions: Judged): Steps {
  const { order, labels, ends } = rankingOf(predictions);
  const stepOf = new Uint32Array(order.length);
  let step = 0;
  let hasYes = false;
  for (let rank = 0; rank < order.length; rank++) {
    stepOf[order[rank]!] = step;
    hasYes ||= labels[rank] === 1;
    if (ends[rank] !== 1 || !hasYes) continue;
    step++;
    hasYes = false;
  }
  const yesRows = Uint32Array.from(order.filter((_, rank) => labels[rank] === 1)).sort();
  return { stepOf, yesRows, rows: new Float64Array(step + 1), yesses: new Float64Array(step + 1) };
}
