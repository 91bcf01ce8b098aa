import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matrixOf } from '../testing/matrix-of.js';
import { type Matrix, matrixRows, shapeOf } from './matrix.js';

const matrix: Matrix = {
  rowCount: 3,
  columns: [
    { kind: 'number', values: Float64Array.of(1, Number.NaN, 3) },
    { kind: 'category', codes: Int32Array.of(0, -1, 4), levels: 5 },
  ],
};

test('a shape keeps kinds and levels, not rows', () => {
  assert.deepEqual(shapeOf(matrix), [{ kind: 'number' }, { kind: 'category', levels: 5 }]);
});

test('rows are taken in the order asked, and may come twice', () => {
  assert.deepEqual(matrixRows(matrix, Uint32Array.of(2, 1, 2)), {
    rowCount: 3,
    columns: [
      { kind: 'number', values: Float64Array.of(3, Number.NaN, 3) },
      { kind: 'category', codes: Int32Array.of(4, -1, 4), levels: 5 },
    ],
  });
});

test('rows of numbers become columns', () => {
  const { rowCount, columns } = matrixOf([
    [1, 2],
    [3, 4],
  ]);
  assert.equal(rowCount, 2);
  assert.deepEqual(
    columns.map((column) => (column.kind === 'number' ? [...column.values] : [])),
    [
      [1, 3],
      [2, 4],
    ],
  );
  assert.deepEqual(matrixOf([]), { rowCount: 0, columns: [] });
});
