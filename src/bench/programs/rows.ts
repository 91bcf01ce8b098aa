/** For the programs of the bench: rows of a matrix, and how well scores rank them. */
import type { Labels, Matrix } from '../../table/matrix.js';
import { matrixRows } from '../../table/matrix.js';
import type { FoldedRows } from '../made-matrix.js';

/** The rows whose fold is kept, with their labels. */
export function rowsWhere(
  { matrix, labels, folds }: FoldedRows,
  keep: (fold: number) => boolean,
): { matrix: Matrix; labels: Labels } {
  const rows = Uint32Array.from(folds.keys()).filter((row) => keep(folds[row]!));
  return { matrix: matrixRows(matrix, rows), labels: Uint8Array.from(rows, (row) => labels[row]!) };
}

/** The numbers of a matrix with mean 0 and standard deviation 1; categories as they are. */
export function standardised(matrix: Matrix): Matrix {
  const columns = matrix.columns.map((column) => {
    if (column.kind === 'category') return column;
    const { values } = column;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return { ...column, values: values.map((value) => (value - mean) / deviation) };
  });
  return { ...matrix, columns };
}

/** The chance that a one scores above a zero, ties counted half. */
export function auc(scores: Float64Array, truth: Labels): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  let [ranks, ones] = [0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    for (let k = from; k < to; k++) {
      if (truth[order[k]!] !== 1) continue;
      ranks += (from + to + 1) / 2;
      ones++;
    }
  }
  return (ranks - (ones * (ones + 1)) / 2) / (ones * (order.length - ones));
}
