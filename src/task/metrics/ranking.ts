/** Rows sorted by falling probability, with the ends of ties marked: what every ranking score walks over. */
import type { Labels } from '../../table/matrix.js';
import { countAtMost } from '../../table/rising.js';
import type { Judged } from '../predictions.js';

/** Rows in falling order of probability. */
export interface Ranking {
  /** Row of each rank. */
  readonly order: Uint32Array;
  /** Label of each rank. */
  readonly labels: Labels;
  /** 1 where the next rank has a lower probability, or there is none: the end of a tie. */
  readonly ends: Uint8Array;
}

/** Sorts once, in O(n log n). The order within a tie is that of the rows, and no score may depend on it. */
export function rankingOf(rows: Judged): Ranking {
  const { targets: labels, predicted: probabilities } = rows;
  const count = labels.length;
  // Numbers sort without a call to compare them; where each of them stands then says the rank of its rows.
  const rising = probabilities.slice().sort();
  const order = new Uint32Array(count);
  const sorted = new Uint8Array(count);
  const ends = new Uint8Array(count);
  /** At the first rank of a tie: how many of it are placed. */
  const placed = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const first = count - countAtMost(rising, probabilities[row]!);
    const rank = first + placed[first]!++;
    order[rank] = row;
    sorted[rank] = labels[row]!;
  }
  for (let rank = 0; rank < count; rank += placed[rank]!) ends[rank + placed[rank]! - 1] = 1;
  return { order, labels: sorted, ends };
}
