/** A stock lived through: arrivals, lost and waiting sales, reviews, packs, minimum and maximum, and what never changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { allowedOrder, type Simulation, simulateStock } from './simulate-stock.js';
import type { ArticleRules, StockState } from './stock.js';

const one = (onHand: number, ...onOrder: number[]): StockState => ({
  onHand: Float64Array.of(onHand),
  onOrder: Float64Array.from(onOrder),
  reach: onOrder.length,
});
const costs = { holdingCost: 0.2, shortageCost: 1 };

test('what is ordered at the end of week w arrives at the start of week w + 3', () => {
  const lived = simulateStock({
    demand: new Float64Array(5),
    periods: 5,
    start: one(0, 4, 0),
    rules: { leadTime: 3, ...costs },
    policy: ({ period }) => [period === 0 ? 7 : period === 2 ? 1 : 0],
  });
  assert.deepEqual([...lived.onHand], [4, 4, 11, 11, 12]);
  assert.deepEqual([...lived.ordered], [7, 0, 1, 0, 0]);
});

test('a sale that is lost costs once, one that waits costs until it is met', () => {
  const base = { demand: Float64Array.of(5, 0, 0), periods: 3, start: one(2, 0), policy: () => [0] };
  const lost = simulateStock({ ...base, rules: { leadTime: 2, ...costs } });
  assert.deepEqual([...lost.shortage], [3, 0, 0]);
  assert.deepEqual([...lost.onHand], [0, 0, 0]);
  assert.equal(lost.cost(), 3);
  assert.equal(lost.fillRate(), 0.4);
  const waiting = simulateStock({
    ...base,
    policy: ({ period }) => [period === 1 ? 4 : 0],
    rules: { leadTime: 2, ...costs, backorders: true },
  });
  assert.deepEqual([...waiting.shortage], [3, 3, 0]);
  assert.deepEqual([...waiting.onHand], [-3, -3, 1]);
  assert.equal(waiting.cost(1), 3.2);
});

test('an article orders at its reviews alone, each by its own rules', () => {
  const asked: number[] = [];
  const lived = simulateStock({
    demand: new Float64Array(8),
    periods: 4,
    start: { onHand: Float64Array.of(0, 0), onOrder: new Float64Array(0), reach: 0 },
    rules: { leadTime: 1, review: [1, 3], pack: [1, 6], maximum: [2, 100], ...costs },
    policy: ({ period }) => {
      asked.push(period);
      return [5, 8];
    },
  });
  assert.deepEqual(asked, [0, 1, 2, 3]);
  assert.deepEqual([...lived.ordered], [2, 2, 2, 2, 6, 0, 0, 6]);
});

test('orders are whole packs between minimum and maximum, or none', () => {
  const rules = { pack: 6, minimumOrder: 10, maximum: 40 } as ArticleRules;
  assert.deepEqual(
    [-3, 2, 5, 7, 13, 33, 90].map((wanted) => allowedOrder(wanted, rules)),
    [0, 0, 12, 12, 12, 36, 36],
  );
});

test('nothing is lost on the way: what came is what was sold and what is left', () => {
  const week = fc.record({ asked: fc.nat(20), order: fc.nat(30) });
  fc.assert(
    fc.property(
      fc.array(week, { minLength: 1, maxLength: 12 }),
      fc.nat(10),
      fc.boolean(),
      (weeks, stock, wait) => {
        const lived = simulateStock({
          demand: Float64Array.from(weeks, ({ asked }) => asked),
          periods: weeks.length,
          start: one(stock, 3, 0),
          rules: { leadTime: 3, ...costs, backorders: wait },
          policy: ({ period }) => [weeks[period]!.order],
        });
        const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
        const end = lived.end.onHand[0]! + sum(lived.end.onOrder);
        const gone = wait ? weeks.reduce((total, { asked }) => total + asked, 0) : sum(lived.sold);
        assert.equal(stock + 3 + sum(lived.ordered) - gone, end);
        assert.ok(lived.missed.every((missed) => missed >= 0));
      },
    ),
  );
});

test('lists that do not fit and orders that are no numbers are refused', () => {
  const good: Simulation = {
    demand: Float64Array.of(1),
    periods: 1,
    start: one(1),
    rules: { leadTime: 1, ...costs },
    policy: () => [0],
  };
  const refuses = (part: Partial<Simulation>, code = 'stock-bad-simulation'): void =>
    assert.throws(
      () => simulateStock({ ...good, ...part }),
      (error) => error instanceof Problem && error.issues[0]!.code === code,
    );
  refuses({ periods: 2 });
  refuses({ demand: Float64Array.of(Number.NaN) });
  refuses({ rules: { leadTime: 2, ...costs }, demand: new Float64Array(2), periods: 2 });
  refuses({ policy: () => [Number.NaN] });
  refuses({ policy: () => [] });
  refuses({ rules: { leadTime: 0, ...costs } }, 'stock-bad-rule');
  refuses({ rules: { leadTime: 1, ...costs, holdingCost: [1, 2] } }, 'stock-bad-rule');
  refuses({ rules: { leadTime: 1, ...costs, maximum: -1 } }, 'stock-bad-rule');
});
