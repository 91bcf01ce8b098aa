/** The steps in which recall grows as the cut-off falls: what rankings are resampled by. */
import type { Counts, Judged } from '../predictions.js';
import { rankingOf } from './ranking.js';

/** The three kinds of rows that a step has: each no above its yesses, each no tied with them, each yes. */
export const kindsOfStep = 3;

/**
 * Counts the rows of each step, for any resample: of step s the noes above its yesses at 3 s, the noes tied with them at
 * 3 s + 1, the yesses at 3 s + 2. A step ends with a tie that has a yes; the noes behind the last of them are of one more step.
 * The result is the same array each time. Sums by step need no walk in the order of the ranks, which is nowhere near that of memory.
 */
export function recallSteps(predictions: Judged): (counts: Counts) => Int32Array {
  const { order, labels, ends } = rankingOf(predictions);
  const places = new Uint32Array(order.length);
  let step = 0;
  for (let first = 0, last = 0; first < order.length; first = last + 1) {
    last = first;
    while (ends[last] === 0) last++;
    const hasYes = labels.subarray(first, last + 1).includes(1);
    for (let rank = first; rank <= last; rank++)
      places[order[rank]!] = step * kindsOfStep + (labels[rank] === 1 ? 2 : hasYes ? 1 : 0);
    if (hasYes) step++;
  }
  const sums = new Int32Array(kindsOfStep * (step + 1));
  return (counts) => {
    sums.fill(0);
    for (let row = 0; row < places.length; row++) sums[places[row]!]! += counts[row]!;
    return sums;
  };
}
