import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../random.js';
import { bootstrap, percentileInterval } from './bootstrap.js';
import { resamplerFor } from './resampler.js';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} for ${expected}`);

test('an interval lies between quantiles of the replicates, on a line between two of them', () => {
  const { value, low, high, level, error, method } = percentileInterval(3, Float64Array.of(5, 1, 4, 2, 3), {
    method: 'by hand',
    level: 0.8,
  });
  // The places .1 and .9 of 0 to 4 are .4 and 3.6.
  near(low, 1.4);
  near(high, 4.6);
  near(error, Math.sqrt(10 / 4));
  assert.deepEqual([value, level, method], [3, 0.8, 'by hand']);
  assert.equal(percentileInterval(3, Float64Array.of(1, 2), { method: '' }).level, 0.95);
});

test('an interval holds its value where resampling is biased', () => {
  const replicates = Float64Array.of(1, 2, 3);
  assert.equal(percentileInterval(0.5, replicates, { method: '' }).low, 0.5);
  assert.equal(percentileInterval(9, replicates, { method: '' }).high, 9);
});

test('replicates without a value are left out; with fewer than two there is no interval', () => {
  const some = percentileInterval(2, Float64Array.of(Number.NaN, 1, 3, Number.NaN), {
    method: '',
    level: 0.5,
  });
  near(some.low, 1.5);
  near(some.high, 2.5);
  near(some.error, Math.SQRT2);
  for (const [value, replicates] of [
    [2, [Number.NaN, 1]],
    [2, []],
    [Number.NaN, [1, 2, 3]],
  ] as const) {
    const { low, high, error } = percentileInterval(value, Float64Array.from(replicates), { method: '' });
    assert.deepEqual([low, high, error], [Number.NaN, Number.NaN, Number.NaN]);
  }
});

test('the bootstrap says what it did', () => {
  const rows = { rows: { length: 1000 } };
  const ask = (own: object, samples?: number): string =>
    bootstrap({ ...rows, ...own }, [], samples === undefined ? {} : { samples }).method;
  assert.equal(ask({}), 'bootstrap, 1,000 samples');
  assert.equal(ask({}, 50), 'bootstrap, 50 samples');
  assert.equal(ask({ ordered: true }), 'block bootstrap, 1,000 samples of 32 blocks of 32 rows');
  assert.equal(
    ask({ groups: Int32Array.from({ length: 1000 }, (_, i) => i % 7) }),
    'bootstrap of 7 groups, 1,000 samples',
  );
  const values = bootstrap({ rows: { length: 3 } }, [(counts) => counts.length, () => 7], {
    samples: 4,
  }).values;
  assert.deepEqual(
    values.map((one) => [...one]),
    [
      [3, 3, 3, 3],
      [7, 7, 7, 7],
    ],
  );
});

test('each row comes up as often as any other, as a Poisson count of mean 1', () => {
  const random = seededRandom(4);
  const drawn = new Float64Array(40);
  const seen = new Map<number, number>();
  const counts = new Uint16Array(40);
  const resampler = resamplerFor({ rows: counts });
  for (let sample = 0; sample < 5000; sample++) {
    resampler.draw(random, counts);
    counts.forEach((count, row) => {
      drawn[row]! += count;
      seen.set(count, (seen.get(count) ?? 0) + 1);
    });
  }
  // 5,000 counts of variance 1: six errors are .085.
  for (const sum of drawn) assert.ok(Math.abs(sum / 5000 - 1) < 0.085);
  let factorial = 1;
  for (const count of [0, 1, 2, 3, 4]) {
    factorial *= Math.max(1, count);
    const share = seen.get(count)! / 200_000;
    assert.ok(Math.abs(share - Math.exp(-1) / factorial) < 0.006, `${count}: ${share}`);
  }
});

test('blocks are stretches of neighbours, the first row after the last', () => {
  const random = seededRandom(9);
  const counts = new Uint16Array(10);
  const resampler = resamplerFor({ rows: counts, ordered: true });
  const begins = new Set<number>();
  for (let sample = 0; sample < 200; sample++) {
    resampler.draw(random, counts);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      10,
    );
    // Blocks of 4, 4 and 2 rows: at most three begin where the row before has fewer.
    const rises = [...counts.keys()].filter((row) => counts[row]! > counts[(row + 9) % 10]!);
    assert.ok(rises.length <= 3);
    for (const row of rises) begins.add(row);
  }
  assert.equal(begins.size, 10);
});
