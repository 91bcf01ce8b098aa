/** Lines through the last periods of a series: what they find again, and what holds them back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../random.js';
import type { Series } from '../panel/panel.js';
import { drawNegativeBinomial } from '../shop/draws.js';
import { type Line, lineOf, usualGrowthOf } from './line-ahead.js';

const season = 12;
const usual = { mean: 0, sd: 0.5 };
const counts = false;
const series = (values: readonly number[], available?: readonly number[]): Series => ({
  key: ['one'],
  start: 0,
  values: Float64Array.from(values),
  ...(available && { available: Uint8Array.from(available) }),
});
const ones = new Float64Array(200).fill(1);
const lineAt = (one: Series, position: number, factors = ones): Line =>
  lineOf(one, { factors, position, season, usual, counts });
/** From 100 on, and 1 % more in each period. */
const grown = Array.from({ length: 40 }, (_, i) => 100 * 1.01 ** i);

test('a growth that was seen goes on, and only what lies before the position says so', () => {
  const { level, growth, told } = lineAt(series(grown), 30);
  assert.ok(Math.abs(level / (100 * 1.01 ** 29) - 1) < 0.02, String(level));
  assert.ok(Math.abs(growth - Math.log(1.01)) < 0.002, String(growth));
  assert.ok(told > 0.5 && told < 1, String(told));
  const later = grown.map((value, i) => (i < 30 ? value : 0));
  assert.deepEqual(lineAt(series(later), 30), lineAt(series(grown), 30));
  const gaps = grown.map((value, i) => (i % 5 === 0 ? Number.NaN : value));
  assert.ok(Math.abs(lineAt(series(gaps), 30).level / level - 1) < 0.02);
  const out = grown.map((value, i) => (i % 5 === 0 ? 0 : value));
  const inStock = grown.map((_, i) => (i % 5 === 0 ? 0 : 1));
  assert.ok(Math.abs(lineAt(series(out, inStock), 30).level / level - 1) < 0.02);
});

test('factors are divided out, and where stock ran out demand is above what was sold', () => {
  const factors = ones.map((_, i) => 1 + 0.8 * Math.sin((2 * Math.PI * i) / season));
  const seasonal = series(Array.from({ length: 48 }, (_, i) => 50 * factors[i]!));
  const { level, growth } = lineAt(seasonal, 48, factors);
  assert.ok(Math.abs(level - 50) < 1e-6 && Math.abs(growth) < 1e-9, `${level} ${growth}`);
  const random = seededRandom(3);
  const wanted = Float64Array.from({ length: 150 }, () =>
    drawNegativeBinomial(random, { mean: 20, size: 6 }),
  );
  const stock = wanted.map((_, i) => (i % 3 === 0 ? 18 : 1e9));
  const sold = series(
    [...wanted].map((value, i) => Math.min(value, stock[i]!)),
    [...wanted].map((value, i) => (value > stock[i]! ? 0 : 1)),
  );
  const whole = lineOf(series([...wanted]), {
    factors: ones,
    position: 150,
    season: 50,
    usual,
    counts: true,
  });
  const hidden = lineOf(sold, { factors: ones, position: 150, season: 50, usual, counts: true });
  const taken = lineOf(series([...sold.values]), {
    factors: ones,
    position: 150,
    season: 50,
    usual,
    counts: true,
  });
  assert.ok(Math.abs(hidden.level / whole.level - 1) < 0.05, `${hidden.level} and ${whole.level}`);
  assert.ok(taken.level / whole.level < 0.95, `${taken.level} and ${whole.level}`);
});

test('few periods tell no growth, and nothing grows without end', () => {
  const few = lineOf(series([1, 9, 2, 12]), {
    factors: ones,
    position: 4,
    season,
    usual: { mean: 0, sd: 0.1 },
    counts,
  });
  assert.ok(few.level > 5 && few.level < 7.5 && few.told < 0.1, `${few.level} ${few.told}`);
  const steep = Array.from({ length: 36 }, (_, i) => 2 ** i);
  assert.ok(lineAt(series(steep), 36).growth <= Math.log(3) / 36);
});

test('nothing known is no number, one value is itself, and zeros are 0', () => {
  assert.ok(Number.isNaN(lineAt(series([Number.NaN, Number.NaN, Number.NaN]), 3).level));
  assert.ok(Math.abs(lineAt(series([Number.NaN, 7, Number.NaN]), 3).level - 7) < 0.1);
  assert.equal(lineAt(series([0, 0, 0]), 3).level, 0);
});

test('how fast series grow is found from all of them', () => {
  const random = seededRandom(8);
  const made = Array.from({ length: 300 }, () => {
    const growth = 0.1 + 0.15 * random.normal();
    return series(
      Array.from({ length: 36 }, (_, i) =>
        drawNegativeBinomial(random, { mean: 30 * Math.exp((growth * i) / season), size: 10 }),
      ),
    );
  });
  const found = usualGrowthOf(
    (usual) => made.map((one) => lineOf(one, { factors: ones, position: 36, season, usual, counts: true })),
    { season },
  );
  assert.ok(Math.abs(found.mean - 0.1) < 0.03, String(found.mean));
  assert.ok(Math.abs(found.sd - 0.15) < 0.03, String(found.sd));
  const unknown = usualGrowthOf(() => [], { season });
  assert.deepEqual(unknown, { mean: 0, sd: 0.2 });
});
