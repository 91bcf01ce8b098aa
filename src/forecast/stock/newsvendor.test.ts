/** The textbook's formulas equal stockpyl's, and the normal distribution scipy's. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Problem } from '../../problem.js';
import { findRoot } from '../../workspace.js';
import { expectedShortage, newsvendor } from './newsvendor.js';
import { normalQuantile, normalTail } from './normal.js';
import { fillRateOf, periodicReview, safetyStock } from './periodic-review.js';

interface Frozen {
  readonly normal: readonly (Costs & { mean: number; sd: number; lead: number })[];
  readonly poisson: readonly (Costs & { poisson: number })[];
  readonly discrete: readonly (Costs & { probabilities: number[] })[];
  readonly losses: readonly { level: number; mean: number; sd: number; loss: number }[];
}
interface Costs {
  readonly holdingCost: number;
  readonly shortageCost: number;
  readonly level: number;
  readonly cost: number;
}

const frozen: Frozen = JSON.parse(
  readFileSync(join(findRoot(), 'src', 'forecast', 'fixtures', 'stock.json'), 'utf8'),
);

/** Within 1e-9 of the value, and of its size where that is above 1. */
function close(got: number, expected: number): void {
  assert.ok(Math.abs(got - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${got}, not ${expected}`);
}

test('newsvendor and periodic review equal stockpyl for normal demand', () => {
  for (const { mean, sd, lead, level, cost, ...costs } of frozen.normal) {
    const found = periodicReview({ ...costs, mean, sd, leadTime: lead + 1 });
    close(found.level, level);
    close(found.cost, cost);
    close(found.safetyStock, level - mean * (lead + 1));
    const once = newsvendor({
      ...costs,
      demand: { mean: mean * (lead + 1), sd: sd * Math.sqrt(lead + 1) },
    });
    close(once.level, level);
  }
});

test('newsvendor equals stockpyl for Poisson demand and for any distribution of units', () => {
  for (const { poisson, level, cost, ...costs } of frozen.poisson) {
    const found = newsvendor({ ...costs, demand: { poisson } });
    assert.equal(found.level, level);
    close(found.cost, cost);
  }
  for (const { probabilities, level, cost, ...costs } of frozen.discrete) {
    const found = newsvendor({ ...costs, demand: { probabilities } });
    assert.equal(found.level, level);
    close(found.cost, cost);
  }
});

test('the expected shortage equals the normal loss of stockpyl', () => {
  for (const { level, mean, sd, loss } of frozen.losses) close(expectedShortage(level, { mean, sd }), loss);
  assert.equal(expectedShortage(3, { mean: 5, sd: 0 }), 2);
});

test('the normal distribution is right to 1e-12, also far out', () => {
  // scipy 1.17.1: norm.ppf and norm.sf.
  close(normalQuantile(0.975), 1.959963984540054);
  close(normalQuantile(1e-10), -6.361340902404056);
  close(normalQuantile(5 / 6), 0.967421566101701);
  assert.ok(Math.abs(normalTail(6) / 9.865876450376946e-10 - 1) < 1e-12);
  close(normalTail(-1), 0.8413447460685429);
  close(normalQuantile(0.5), 0);
  assert.equal(normalQuantile(1), Infinity);
});

test('a safety stock covers lead time and review, and meets its fill rate', () => {
  const article = { mean: 10, sd: 4, leadTime: 3, review: 2 };
  const { level, safetyStock: safety, protectedPeriods } = safetyStock({ ...article, serviceLevel: 0.95 });
  assert.equal(protectedPeriods, 4);
  close(level, 40 + safety);
  close(safety, 8 * normalQuantile(0.95));
  assert.ok(fillRateOf(level, article) > 0.95 && fillRateOf(level, article) < 1);
  assert.ok(fillRateOf(1000, article) > 1 - 1e-12);
});

test('costs and distributions that cannot be are refused', () => {
  const refuses = (demand: Parameters<typeof newsvendor>[0]['demand'], holdingCost = 1): void =>
    assert.throws(
      () => newsvendor({ holdingCost, shortageCost: 1, demand }),
      (error) => error instanceof Problem && error.issues[0]!.code === 'stock-bad-rule',
    );
  refuses({ poisson: 3 }, 0);
  refuses({ poisson: -3 });
  refuses({ mean: 3, sd: -1 });
  refuses({ probabilities: [0.5, 0.4] });
});
