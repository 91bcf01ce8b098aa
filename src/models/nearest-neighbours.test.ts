import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../random.js';
import type { Feature, Matrix } from '../table/matrix.js';
import { fixture } from '../testing/fixture.js';
import { matrixOf } from '../testing/matrix-of.js';
import { nearestNeighbours } from './nearest-neighbours.js';

const frozen = fixture<{
  neighbours: {
    points: number[][];
    codes: number[][];
    levels: number[];
    penalty: number;
    numbers: number[][];
    mixed: number[][];
  };
}>('models/fixtures/models.json').neighbours;

function withCodes(matrix: Matrix, codes: readonly (readonly number[])[], levels: readonly number[]): Matrix {
  const columns = levels.map((count, j): Feature => {
    return { kind: 'category', levels: count, codes: Int32Array.from(codes, (row) => row[j]!) };
  });
  return { ...matrix, columns: [...matrix.columns, ...columns] };
}

function squaredDistance(matrix: Matrix, a: number, b: number, mismatch: number): number {
  return matrix.columns.reduce((sum, column) => {
    if (column.kind === 'number') return sum + (column.values[a]! - column.values[b]!) ** 2;
    return sum + (column.codes[a] === column.codes[b] ? 0 : mismatch ** 2);
  }, 0);
}

/** By looking at every pair. */
function plainly(matrix: Matrix, count: number, mismatch: number): number[] {
  const rows = [...Array(matrix.rowCount).keys()];
  return rows.flatMap((a) => {
    const others = rows
      .filter((b) => b !== a)
      .map((b) => ({ b, d: squaredDistance(matrix, a, b, mismatch) }));
    return others
      .sort((x, y) => x.d - y.d || x.b - y.b)
      .slice(0, count)
      .map(({ b }) => b);
  });
}

test("the neighbours are scikit-learn's, with numbers alone and in SMOTE-NC's space", () => {
  const points = matrixOf(frozen.points);
  assert.deepEqual([...nearestNeighbours(points, { count: 5 })], frozen.numbers.flat());
  const mixed = withCodes(points, frozen.codes, frozen.levels);
  const found = nearestNeighbours(mixed, { count: 5, mismatch: frozen.penalty });
  assert.deepEqual([...found], frozen.mixed.flat());
});

test('the neighbours are those that looking at every pair finds, equal distances by row', () => {
  // Few different values, so that ties and copies are everywhere.
  const row = fc.tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(0, 0.5),
    fc.integer({ min: -1, max: 2 }),
  );
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 4, maxLength: 40 }),
      fc.constantFrom(0.5, 1, 3),
      (rows, mismatch) => {
        const matrix = withCodes(
          matrixOf(rows.map(([a, b]) => [a, b])),
          rows.map(([, , code]) => [code]),
          [3],
        );
        const found = nearestNeighbours(matrix, { count: 3, mismatch });
        assert.deepEqual([...found], plainly(matrix, 3, mismatch));
      },
    ),
  );
});

test('the neighbours are exact far from the origin, on scales far apart, and among outliers', () => {
  const value = fc.double({ min: -1, max: 1, noNaN: true });
  const rows = fc.array(fc.array(value, { minLength: 12, maxLength: 12 }), { minLength: 6, maxLength: 60 });
  fc.assert(
    fc.property(rows, (unit) => {
      const stretched = unit.map((row, i) =>
        row.map((v, j) => 2000 + v * 10 ** ((j % 5) - 2) * (i === 0 ? 1e4 : 1)),
      );
      assertAsNear(matrixOf(stretched), 5);
    }),
    { numRuns: 50 },
  );
});

test('so they are where numbers are huge, tiny, or both, and where columns have two values', () => {
  const value = fc.constantFrom(0, 1, -1, 0.3, 1e-3, 1e200, -1e200, 1e-200, 3e-180, 1e15);
  const two = fc.constantFrom(0, 1);
  const row = fc.tuple(value, value, fc.double({ min: -2, max: 2, noNaN: true }), two, two, two);
  fc.assert(
    fc.property(fc.array(row, { minLength: 3, maxLength: 40 }), (rows) => assertAsNear(matrixOf(rows), 2)),
    { numRuns: 300 },
  );
});

/** The neighbours are as far as those that looking at every pair finds; which come first may hang on the last bits. */
function assertAsNear(matrix: Matrix, count: number): void {
  const [found, expected] = [nearestNeighbours(matrix, { count }), plainly(matrix, count, 1)];
  expected.forEach((best, k) => {
    const row = Math.floor(k / count);
    const [got, least] = [found[k]!, best].map((other) => squaredDistance(matrix, row, other, 1));
    assert.ok(got === least || Math.abs(got! - least!) <= 1e-12 * least!, `${row}: ${got} and not ${least}`);
  });
}

test('categories of more levels than have a bit each are told apart all the same', () => {
  const codes = Array.from({ length: 300 }, (_, i) => [i % 150, (i * 7) % 5]);
  const matrix = withCodes(matrixOf(codes.map((_, i) => [i % 4])), codes, [150, 5]);
  assert.deepEqual([...nearestNeighbours(matrix, { count: 4, mismatch: 2 })], plainly(matrix, 4, 2));
});

test('categories alone have neighbours by the number of differences', () => {
  const matrix = withCodes(
    { rowCount: 4, columns: [] },
    [
      [0, 0],
      [0, 1],
      [1, 1],
      [0, 0],
    ],
    [2, 2],
  );
  assert.deepEqual([...nearestNeighbours(matrix, { count: 1 })], [3, 0, 1, 0]);
});

test('rows without enough others are refused', () => {
  assert.throws(
    () => nearestNeighbours(matrixOf([[1], [2]]), { count: 2 }),
    /2 rows do not have 2 neighbours/,
  );
});

test('so they are on more rows than are looked at in one go, far from the origin too', () => {
  const random = seededRandom(3);
  for (const centre of [0, 1e6]) {
    const rows = Array.from({ length: 1300 }, () =>
      Array.from({ length: 20 }, (_, j) => centre + Math.round(random.normal() * (j + 1))),
    );
    const matrix = matrixOf(rows);
    assert.deepEqual([...nearestNeighbours(matrix, { count: 3 })], plainly(matrix, 3, 1));
  }
});
