/** How far a column follows the order of the rows. */
import type { ColumnProfile } from '../column-profile.js';

/** Spearman's correlation of a column with the position of the row, ties at their mean rank, over rows that have a value; 0 for text. */
export function correlationWithRows({ codes, rows, values }: ColumnProfile): number {
  if (!values) return 0;
  const midRank = new Float64Array(rows.length - 1);
  let below = 0;
  for (let code = 0; code < midRank.length; code++) {
    midRank[code] = below + (rows[code]! - 1) / 2;
    below += rows[code]!;
  }
  const mean = (below - 1) / 2;
  let [position, cross, ranks, positions] = [0, 0, 0, 0];
  for (const code of codes) {
    if (code < 0) continue;
    const [rank, place] = [midRank[code]! - mean, position++ - mean];
    cross += rank * place;
    ranks += rank * rank;
    positions += place * place;
  }
  return ranks > 0 && positions > 0 ? cross / Math.sqrt(ranks * positions) : 0;
}
