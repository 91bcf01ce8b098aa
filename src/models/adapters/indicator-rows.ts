/** A Matrix as packages of plain numbers take it: one array a row, a category as one column of 0 and 1 for each level. */
import type { Matrix } from '../../table/matrix.js';
import { shapeOf } from '../../table/matrix.js';
import { designOffsets } from '../design.js';

/** `rowCount` arrays; the code -1 is 0 in all its category's columns. */
export function indicatorRows(matrix: Matrix): number[][] {
  const offsets = designOffsets(shapeOf(matrix));
  const width = offsets[matrix.columns.length]!;
  const rows = Array.from({ length: matrix.rowCount }, () => new Array<number>(width).fill(0));
  matrix.columns.forEach((column, j) => {
    const offset = offsets[j]!;
    rows.forEach((row, i) => {
      if (column.kind === 'number') row[offset] = column.values[i]!;
      else if (column.codes[i]! >= 0) row[offset + column.codes[i]!] = 1;
    });
  });
  return rows;
}
