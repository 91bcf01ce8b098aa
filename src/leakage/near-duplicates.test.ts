import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { categoryColumn, numberColumn, type Table, table } from '../table/table.js';
import { findNearDuplicates } from './near-duplicates.js';

const cell = fc.option(fc.integer({ min: 0, max: 2 }), { nil: null });
const rowsOfThree = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 30 });

test('near-duplicates are the first other rows that agree in all columns but `differ`, as a double loop finds them', () => {
  fc.assert(
    fc.property(rowsOfThree, fc.constantFrom(0 as const, 1 as const), (rows, differ) => {
      const { duplicateOf } = findNearDuplicates(tableOf(rows), { differ });
      rows.forEach((row, i) => {
        const distances = rows.map((other) => row.filter((value, j) => value !== other[j]).length);
        const near = distances.flatMap((distance, k) => (k !== i && distance <= differ ? [k] : []));
        const exact = distances.flatMap((distance, k) => (k !== i && distance === 0 ? [k] : []));
        if (exact.length > 0) assert.equal(duplicateOf[i], exact[0]);
        else if (near.length === 0) assert.equal(duplicateOf[i], -1);
        else assert.ok(near.includes(duplicateOf[i]!));
      });
    }),
    { numRuns: 200 },
  );
});

test('near-duplicates are looked for among the rows that are named, and a row is never its own', () => {
  const rows = tableOf([
    [1, 1, 1],
    [1, 1, 1],
    [2, 2, 2],
    [2, 2, 2],
  ]);
  assert.deepEqual(
    [...findNearDuplicates(rows, { among: Uint32Array.of(0, 2) }).duplicateOf],
    [-1, 0, -1, 2],
  );
  assert.deepEqual(
    [...findNearDuplicates(rows, { among: Uint32Array.of(0, 0) }).duplicateOf],
    [-1, 0, -1, -1],
  );
  assert.deepEqual(
    [...findNearDuplicates(rows, { among: new Uint32Array(0) }).duplicateOf],
    [-1, -1, -1, -1],
  );
});

test('numbers may agree to a few significant digits only', () => {
  const rows = table([numberColumn('a', [123400, 123450, -0.0012341, -0.0012342, null, null])]);
  assert.deepEqual([...findNearDuplicates(rows).duplicateOf], [-1, -1, -1, -1, 5, 4]);
  assert.deepEqual([...findNearDuplicates(rows, { digits: 4 }).duplicateOf], [-1, -1, 3, 2, 5, 4]);
  assert.deepEqual([...findNearDuplicates(rows, { digits: 3 }).duplicateOf], [1, 0, 3, 2, 5, 4]);
});

test('the number of near-duplicates by chance is about right for independent columns', () => {
  // 300 rows over 20 × 20 equally frequent cells, laid out so that the columns are independent.
  const rows = table([
    numberColumn(
      'a',
      Array.from({ length: 300 }, (_, i) => (i * 7919) % 20),
    ),
    categoryColumn(
      'b',
      Array.from({ length: 300 }, (_, i) => `b${Math.floor(i / 15)}`),
    ),
  ]);
  const { byChance } = findNearDuplicates(rows);
  const expected = byChance.reduce((sum, chance) => sum + chance, 0);
  assert.ok(Math.abs(expected - 300 * (1 - Math.exp(-300 / 400))) < 5, String(expected));
});

function tableOf(rows: readonly (readonly (number | null)[])[]): Table {
  return table([
    numberColumn(
      'a',
      rows.map((row) => row[0]!),
    ),
    categoryColumn(
      'b',
      rows.map((row) => (row[1] === null ? null : `b${row[1]}`)),
    ),
    numberColumn(
      'c',
      rows.map((row) => row[2]!),
    ),
  ]);
}
