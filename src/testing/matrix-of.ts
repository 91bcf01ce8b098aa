/** Small matrices for tests. */
import type { Matrix, NumberFeature } from '../table/matrix.js';

/** A matrix of number columns, given as rows. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, j): NumberFeature => {
    return { kind: 'number', values: Float64Array.from(rows, (row) => row[j] ?? Number.NaN) };
  });
  return { rowCount: rows.length, columns };
}
