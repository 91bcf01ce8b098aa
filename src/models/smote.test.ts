import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../random.js';
import { type Matrix, matrixRows } from '../table/matrix.js';
import { madeRows } from './learner-checks.js';
import { nearestNeighbours } from './nearest-neighbours.js';
import { smote } from './smote.js';

function numbersOf(matrix: Matrix): Matrix {
  return { ...matrix, columns: matrix.columns.filter((column) => column.kind === 'number') };
}

test('every synthetic row lies between a rare row and one of its neighbours, by one share in all columns', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 7 }), (seed, neighbours) => {
      const made = madeRows(60, seed);
      const matrix = numbersOf(made.matrix);
      const ones = [...made.labels.keys()].filter((i) => made.labels[i] === 1);
      fc.pre(ones.length > neighbours && ones.length < 30);
      const {
        labels,
        bases,
        towards,
        shares,
        matrix: all,
      } = smote(matrix, made.labels, { seed, neighbours });
      assert.equal(labels.reduce((sum, label) => sum + label, 0) * 2, labels.length);
      const near = nearestNeighbours(matrixRows(matrix, Uint32Array.from(ones)), { count: neighbours });
      for (let s = 0; s < bases.length; s++) {
        const base = ones.indexOf(bases[s]!);
        const around = [...near.subarray(base * neighbours, (base + 1) * neighbours)].map((i) => ones[i]!);
        assert.ok(around.includes(towards[s]!));
        assert.ok(shares[s]! >= 0 && shares[s]! < 1);
        for (const [j, column] of all.columns.entries()) {
          const own = matrix.columns[j]!;
          if (column.kind !== 'number' || own.kind !== 'number') continue;
          const [from, to] = [own.values[bases[s]!]!, own.values[towards[s]!]!];
          const value = column.values[60 + s]!;
          assert.ok(Math.abs(value - (from + shares[s]! * (to - from))) < 1e-12);
          assert.ok(value >= Math.min(from, to) - 1e-12 && value <= Math.max(from, to) + 1e-12);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('the rows themselves come first, unchanged, and only the rarer class grows', () => {
  const { matrix, labels } = madeRows(100, 1);
  const out = smote(matrix, labels, { seed: 1 });
  assert.deepEqual(out.labels.subarray(0, 100), labels);
  assert.ok(out.labels.subarray(100).every((label) => label === 1));
  out.matrix.columns.forEach((column, j) => {
    const own = matrix.columns[j]!;
    if (column.kind === 'number' && own.kind === 'number')
      assert.deepEqual(column.values.subarray(0, 100), own.values);
    if (column.kind === 'category' && own.kind === 'category')
      assert.deepEqual(column.codes.subarray(0, 100), own.codes);
  });
});

test('ratio is the rarer class over the commoner one, afterwards; the rarer one may be the zeros', () => {
  const { matrix, labels } = madeRows(200, 2);
  for (const flip of [0, 1]) {
    const own = labels.map((label) => label ^ flip);
    const rarer = 1 ^ flip;
    const rare = own.filter((label) => label === rarer).length;
    const out = smote(matrix, own, { seed: 1, ratio: 0.8 });
    assert.equal(out.labels.filter((label) => label === rarer).length, Math.floor(0.8 * (200 - rare)));
  }
});

test('nothing is added where the classes stand at the ratio already', () => {
  const { matrix, labels } = madeRows(100, 1);
  const out = smote(matrix, labels, { seed: 1, ratio: 0.01 });
  assert.equal(out.matrix, matrix);
  assert.equal(out.bases.length, 0);
});

test('a synthetic row takes the commonest category among the neighbours, of equal ones the nearest', () => {
  // Rare rows on a line, so that neighbours are plain to see; 14 common rows far away.
  const places = [0, 1, 3, 7, ...Array(14).fill(1000)];
  const codes = [0, 1, 2, 2, ...Array(14).fill(3)];
  const matrix: Matrix = {
    rowCount: 18,
    columns: [
      { kind: 'number', values: Float64Array.from(places, (x) => x * 100) },
      { kind: 'category', levels: 4, codes: Int32Array.from(codes) },
    ],
  };
  const labels = Uint8Array.from(places, (x) => (x < 1000 ? 1 : 0));
  // Neighbours of row 0 are 1, 2, 3 with codes 1, 2, 2; of row 2 they are 1, 0, 3 with codes 1, 0, 2: a tie.
  const { bases, matrix: all } = smote(matrix, labels, { seed: 3, neighbours: 3 });
  const expected = [2, 2, 1, 2];
  const column = all.columns[1]!;
  assert.ok(column.kind === 'category');
  bases.forEach((base, s) => {
    assert.equal(column.codes[18 + s], expected[base], `base ${base}`);
  });
});

test('the same seed gives the same rows, another seed others', () => {
  const { matrix, labels } = madeRows(100, 1);
  assert.deepEqual(smote(matrix, labels, { seed: 1 }), smote(matrix, labels, { seed: 1 }));
  assert.notDeepEqual(smote(matrix, labels, { seed: 1 }).shares, smote(matrix, labels, { seed: 2 }).shares);
});

test('too few rare rows and missing numbers are refused with what to do', () => {
  const { matrix } = madeRows(40, 1);
  const labels = new Uint8Array(40).fill(1, 0, 4);
  assert.throws(
    () => smote(matrix, labels, { seed: 1 }),
    /got 4 rows and 5 neighbours.*`neighbours: 3` or fewer/s,
  );
  const gaps = madeRows(100, 1, { missing: true });
  assert.throws(() => smote(gaps.matrix, gaps.labels, { seed: 1 }), /impute them first/);
  assert.throws(() => smote(matrix, labels, { seed: 1, ratio: 2, neighbours: 0 }), /"ratio".*"neighbours"/s);
});

test('bases are drawn evenly from the rare rows', () => {
  const random = seededRandom(4);
  const values = Float64Array.from({ length: 2010 }, () => random.normal());
  const labels = new Uint8Array(2010).fill(1, 0, 10);
  const { bases } = smote({ rowCount: 2010, columns: [{ kind: 'number', values }] }, labels, { seed: 1 });
  const counts = new Float64Array(10);
  for (const base of bases) counts[base]!++;
  assert.ok(
    counts.every((count) => count > 140 && count < 260),
    counts.join(' '),
  );
});
