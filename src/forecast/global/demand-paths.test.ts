/** Spreads and paths: parameters found again, moments, dependence between steps, and what paths may not depend on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demandPaths, type PathsOptions } from './demand-paths.js';
import { fitSpread, noSpread, type Spread, type StepErrors, varianceOf } from './spread.js';

const spread: Spread = { linear: 0.3, constant: 0.2, own: 0.5, shared: 0.6 };

/** Made demand of many articles and two steps, drawn from a known spread. */
function madeErrors(): StepErrors[] {
  const articles = 4000;
  const means = Float64Array.from({ length: articles * 2 }, (_, i) => 1 + ((i >> 1) % 40) / 2);
  const excess = Float64Array.from({ length: articles }, (_, i) => (i % 5) / 4);
  const drawn = demandPaths({ means, horizon: 2, excess, spread, counts: true, count: 20, seed: 5 });
  // One path each, another one for each article: paths of one article are spread evenly.
  const picked = (step: number): Float64Array =>
    Float64Array.from({ length: articles }, (_, i) => drawn[(i * 20 + (i % 20)) * 2 + step]!);
  return [0, 1].map((step) => {
    const own = Float64Array.from({ length: articles }, (_, i) => means[i * 2 + step]!);
    return {
      ...{ step: step + 1, means: own, excess, rows: Int32Array.from(own.keys()) },
      errors: picked(step).map((demand, i) => demand - own[i]!),
    };
  });
}

test('the spread that made the demand is found again, but for what lies far out', () => {
  const found = fitSpread(madeErrors(), true);
  for (const [mean, excess] of [
    [2, 0],
    [10, 0.5],
    [18, 1],
  ] as const) {
    const ratio =
      varianceOf(found, { mean, excess, counts: true }) / varianceOf(spread, { mean, excess, counts: true });
    assert.ok(ratio > 0.75 && ratio < 1.15, `${ratio} at ${mean}, ${JSON.stringify(found)}`);
  }
  assert.ok(Math.abs(found.shared - spread.shared) < 0.15, String(found.shared));
});

test('without errors to learn from the spread is the usual one', () => {
  assert.deepEqual(fitSpread([], true), noSpread);
});

const base: PathsOptions = {
  means: Float64Array.of(4, 6, 0, 300, 0.3, 40),
  horizon: 2,
  excess: Float64Array.of(0.5, 0.1, 1),
  spread,
  counts: true,
  count: 2000,
  seed: 1,
};

function moments(paths: Float64Array, place: number): { mean: number; variance: number } {
  const [series, step] = [place >> 1, place & 1];
  const values = Float64Array.from({ length: 2000 }, (_, i) => paths[(series * 2000 + i) * 2 + step]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

test('paths have the mean and the variance that was asked for, and whole numbers where the panel counts', () => {
  const whole = demandPaths(base);
  const amounts = demandPaths({ ...base, counts: false });
  assert.ok(whole.every((value) => Number.isInteger(value) && value >= 0));
  assert.ok(amounts.every((value) => value >= 0) && !amounts.every(Number.isInteger));
  base.means.forEach((mean, place) => {
    for (const [paths, counts] of [
      [whole, true],
      [amounts, false],
    ] as const) {
      const got = moments(paths, place);
      const variance = varianceOf(spread, { mean, excess: base.excess[place >> 1]!, counts });
      assert.ok(Math.abs(got.mean - mean) <= 0.03 * mean, `mean ${got.mean}, not ${mean}`);
      assert.ok(
        Math.abs(got.variance - variance) <= 0.15 * variance,
        `variance ${got.variance}, not ${variance}`,
      );
    }
  });
});

test('steps of one path belong together as much as the spread says', () => {
  const paths = demandPaths(base);
  const [first, second] = [moments(paths, 0), moments(paths, 1)];
  let together = 0;
  for (let i = 0; i < 2000; i++)
    together += ((paths[i * 2]! - first.mean) * (paths[i * 2 + 1]! - second.mean)) / 2000;
  const expected = 4 * 6 * spread.shared * (spread.constant + spread.own * 0.5);
  assert.ok(Math.abs(together / expected - 1) < 0.1, `${together}, not ${expected}`);
});

test('the same seed gives a series the same paths whatever the others are, another seed others', () => {
  const all = demandPaths(base);
  const changed = demandPaths({ ...base, means: Float64Array.of(4, 6, 1, 2, 3, 4) });
  assert.deepEqual(changed.subarray(0, 4000), all.subarray(0, 4000));
  assert.notDeepEqual(demandPaths({ ...base, seed: 2 }).subarray(0, 4000), all.subarray(0, 4000));
  assert.equal(demandPaths({ ...base, count: 3 }).length, 18);
});
