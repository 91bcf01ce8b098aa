/** Rows sorted by falling probability, with the ends of ties marked: what every ranking score walks over. */
import type { Labels } from '../../table/matrix.js';

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
export function rankingOf(rows: { labels: Labels; probabilities: Float64Array }): Ranking {
  const { labels, probabilities } = rows;
  const count = labels.length;
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  order.sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  const sorted = new Uint8Array(count);
  const ends = new Uint8Array(count);
  for (let rank = 0; rank < count; rank++) {
    const row = order[rank]!;
    sorted[rank] = labels[row]!;
    const last = rank + 1 === count || probabilities[order[rank + 1]!]! !== probabilities[row]!;
    ends[rank] = last ? 1 : 0;
  }
  return { order, labels: sorted, ends };
}
