import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../random.js';
import type { Feature } from '../table/matrix.js';
import { shortestBetween } from './between.js';
import { learnBins, type NumberBins, writeBins } from './binning.js';

const numbers = (values: Iterable<number>): Feature => ({
  kind: 'number',
  values: Float64Array.from(values),
});

function binned(column: Feature, most = 255): { count: number; thresholds: number[]; bins: number[] } {
  const rowCount = column.kind === 'number' ? column.values.length : column.codes.length;
  const [learned] = learnBins({ rowCount, columns: [column] }, { most, seed: 1 });
  const out = new Uint8Array(rowCount);
  writeBins(column, learned!, out, 1);
  const thresholds = learned!.kind === 'number' ? [...learned!.thresholds] : [];
  return { count: learned!.count, thresholds, bins: [...out] };
}

test('few distinct values get a bin each, thresholds are short numbers between them, missing comes last', () => {
  const { count, thresholds, bins } = binned(numbers([3, 1, 2.5, Number.NaN, 1, 3]));
  assert.deepEqual({ count, thresholds, bins }, { count: 3, thresholds: [2, 2.8], bins: [2, 0, 1, 3, 0, 2] });
});

test('a column without any value has one bin', () => {
  assert.deepEqual(binned(numbers([Number.NaN, Number.NaN])).bins, [1, 1]);
});

test('the bin of a value is the number of thresholds below it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 2, max: 20 }),
      (values, most) => {
        const { count, thresholds, bins } = binned(numbers(values), most);
        assert.ok(count <= most && thresholds.every(Number.isFinite));
        values.forEach((value, i) => {
          assert.equal(bins[i], thresholds.filter((threshold) => threshold < value).length);
        });
        if (new Set(values.map((value) => value + 0)).size <= most)
          assert.equal(new Set(bins).size, new Set(values.map((value) => value + 0)).size);
      },
    ),
  );
});

test('many values fall into bins of about equally many rows, and frequent values stand alone', () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? 0 : random.normal() ** 3));
  const { bins, count } = binned(numbers(values));
  const sizes = new Uint32Array(count);
  for (const bin of bins) sizes[bin]!++;
  const zero = bins[0]!;
  assert.equal(sizes[zero], 10_000);
  assert.ok(count > 240, String(count));
  assert.ok(
    sizes.every((size, bin) => bin === zero || size < 120),
    String(Math.max(...sizes)),
  );
});

test('bins of a large table are learned from a sample and still hold equally many rows', () => {
  const random = seededRandom(2);
  const values = Float64Array.from({ length: 250_000 }, () => random.normal());
  const { bins } = binned(numbers(values));
  const sizes = new Uint32Array(255);
  for (const bin of bins) sizes[bin]!++;
  assert.ok(sizes.every((size) => size > 800 && size < 1200));
});

test('categories: the rarest share a bin, and codes without rows go with the missing', () => {
  const codes = Int32Array.from([0, 0, 0, 1, 1, 1, 3, 4, 4, -1]);
  const { count, bins } = binned({ kind: 'category', codes, levels: 6 }, 3);
  assert.equal(count, 3);
  assert.deepEqual(bins, [0, 0, 0, 1, 1, 1, 2, 2, 2, 3]);
  const [learned] = learnBins(
    { rowCount: 10, columns: [{ kind: 'category', codes, levels: 6 }] },
    { most: 255, seed: 1 },
  );
  assert.ok(learned!.kind === 'category');
  assert.deepEqual([...learned!.binOf], [0, 1, 4, 2, 3, 4]);
});

test('the shortest number between two lies at or above the lower and below the upper', () => {
  assert.equal(shortestBetween(1, 2), 1.5);
  assert.equal(shortestBetween(-3, 5), 0);
  assert.equal(shortestBetween(1234, 1300), 1270);
  assert.equal(shortestBetween(0.1, 0.30000000000000004), 0.2);
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (a, b) => {
        fc.pre(a !== b);
        const [low, high] = a < b ? [a, b] : [b, a];
        const between = shortestBetween(low, high);
        assert.ok(between >= low && between < high);
      },
    ),
  );
});

test('thresholds of a column are those of its distinct values', () => {
  const [bins] = learnBins({ rowCount: 3, columns: [numbers([10, 20, 40])] }, { most: 255, seed: 1 });
  assert.deepEqual([...(bins as NumberBins).thresholds], [15, 30]);
});
