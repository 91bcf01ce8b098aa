/** Orders over paths: the least cost against brute force and the newsvendor, promises kept, budgets, sentences. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { numberColumn, table } from '../../table/table.js';
import { articlePaths } from './article-paths.js';
import { articleRules } from './article-rules.js';
import { byServiceLevel } from './by-service-level.js';
import { orderSentence } from './decide-orders.js';
import { newsvendor } from './newsvendor.js';
import { orderUpTo } from './order-up-to.js';
import { simulateStock } from './simulate-stock.js';
import type { OrderInput, StockRules } from './stock.js';

const costs = { holdingCost: 0.2, shortageCost: 1 };

/** Paths of whole numbers of one article, as skewed as sales are. */
function input(
  options: { seed?: number; count?: number; horizon?: number; articles?: number } = {},
): OrderInput {
  const { seed = 3, count = 200, horizon = 6, articles = 1 } = options;
  const random = seededRandom(seed);
  return {
    paths: Float64Array.from({ length: articles * count * horizon }, () =>
      Math.floor(-4 * Math.log(1 - random.uniform())),
    ),
    count,
    horizon,
    state: {
      onHand: new Float64Array(articles).fill(3),
      onOrder: Float64Array.from({ length: articles * 2 }, (_, i) => 2 + (i % 3)),
      reach: 2,
    },
  };
}

test('with one period to protect and nothing under way it is the newsvendor', () => {
  const counts = [5, 9, 14, 8, 3, 1];
  const paths = Float64Array.from(counts.flatMap((times, units) => Array<number>(times).fill(units)));
  const [found] = orderUpTo({ leadTime: 1, ...costs }).orders({
    paths,
    ...{ count: paths.length, horizon: 1 },
    state: { onHand: Float64Array.of(0), onOrder: new Float64Array(0), reach: 0 },
  });
  const total = paths.length;
  const best = newsvendor({ ...costs, demand: { probabilities: counts.map((times) => times / total) } });
  assert.equal(found!.order, best.level);
});

test('no other order costs less, whatever the rules', () => {
  const rule = fc.record({
    leadTime: fc.integer({ min: 1, max: 3 }),
    review: fc.integer({ min: 1, max: 2 }),
    holdingCost: fc.constantFrom(0.1, 0.5, 1),
    shortageCost: fc.constantFrom(1, 4),
    backorders: fc.boolean(),
    pack: fc.constantFrom(1, 4),
    maximum: fc.constantFrom(12, 1000),
  });
  fc.assert(
    fc.property(rule, fc.nat(1000), (rules: StockRules, seed) => {
      const given = input({ seed, count: 60 });
      const [found] = orderUpTo({ ...rules, lookAhead: 0 }).orders(given);
      const [own] = articleRules(rules, { count: 1 });
      const paths = articlePaths({ ...given, onHand: 3, arrivals: given.state.onOrder, rules: own! }, 0);
      const pack = own!.pack;
      for (let order = 0; order <= Math.min(80, own!.maximum); order += pack)
        assert.ok(paths.cost(found!.order) <= paths.cost(order) + 1e-9, `${found!.order} against ${order}`);
    }),
    { numRuns: 60 },
  );
});

test('an order costs what its paths cost when each is lived through period by period', () => {
  const rule = fc.record({
    leadTime: fc.integer({ min: 1, max: 3 }),
    review: fc.integer({ min: 1, max: 2 }),
    backorders: fc.boolean(),
  });
  fc.assert(
    fc.property(rule, fc.nat(1000), fc.integer({ min: 0, max: 30 }), (given, seed, order) => {
      const { paths, count, horizon, state } = input({ seed, count: 40, horizon: 9 });
      const [rules] = articleRules({ ...given, ...costs }, { count: 1 });
      const { leadTime, review, backorders } = given;
      const seen = articlePaths(
        { ...{ paths, count, horizon }, onHand: 3, arrivals: state.onOrder, rules: rules! },
        4,
      );
      let total = 0;
      for (let path = 0; path < count; path++) {
        let stock = 3;
        for (let j = 0; j < Math.min(horizon, leadTime - 1 + review + 4); j++) {
          if (j < leadTime) stock += state.onOrder[j] ?? 0;
          if (j === leadTime - 1) stock += order;
          stock = Math.max(stock, seen.facts.topUps[j]!);
          stock -= paths[path * horizon + j]!;
          if (j >= leadTime - 1) total += stock >= 0 ? 0.2 * stock : -1 * stock;
          if (stock < 0 && !backorders) stock = 0;
        }
      }
      assert.ok(Math.abs(seen.cost(order) - total / count) < 1e-9);
    }),
  );
});

test('looking ahead orders no more, since what is left over goes on costing', () => {
  const near = orderUpTo({ leadTime: 3, ...costs, lookAhead: 0 }).orders(input({ articles: 30 }));
  const far = orderUpTo({ leadTime: 3, ...costs }).orders(input({ articles: 30 }));
  assert.ok(far.every(({ order }, i) => order <= near[i]!.order));
  assert.ok(far.some(({ order }, i) => order < near[i]!.order));
});

test('lived through, its level costs about the least of all fixed levels', () => {
  const periods = 400;
  const random = seededRandom(11);
  const draw = (): number => Math.floor(-4 * Math.log(1 - random.uniform()));
  const demand = Float64Array.from({ length: periods }, draw);
  const rules = { leadTime: 2, ...costs };
  const start = { onHand: Float64Array.of(10), onOrder: Float64Array.of(0), reach: 1 };
  const paths = Float64Array.from({ length: 300 * 5 }, draw);
  const policy = orderUpTo(rules);
  const ours = simulateStock({
    ...{ demand, periods, start, rules },
    policy: ({ state }) => policy.orders({ paths, count: 300, horizon: 5, state }).map(({ order }) => order),
  }).cost();
  const fixed = Array.from({ length: 30 }, (_, level) =>
    simulateStock({
      ...{ demand, periods, start, rules },
      policy: ({ state }) => [level - state.onHand[0]! - state.onOrder[0]!],
    }).cost(),
  );
  assert.ok(ours <= 1.03 * Math.min(...fixed), `${ours} against ${Math.min(...fixed)}`);
});

test('a fill rate is met, and by the smallest order', () => {
  for (const fillRate of [0.5, 0.9, 0.98]) {
    const given = input();
    const [found] = byServiceLevel({ leadTime: 3, fillRate }).orders(given);
    const [own] = articleRules({ leadTime: 3, ...costs }, { count: 1 });
    const paths = articlePaths({ ...given, onHand: 3, arrivals: given.state.onOrder, rules: own! }, 0);
    const rate = (order: number): number => 1 - paths.missing(order) / paths.facts.demand;
    assert.ok(rate(found!.order) >= fillRate);
    assert.ok(found!.order === 0 || rate(found!.order - 1) < fillRate);
  }
  const [none] = byServiceLevel({ leadTime: 3, fillRate: 0.9, maximum: 3, minimumOrder: 5 }).orders(input());
  assert.equal(none!.order, 0);
});

test('a budget is kept, and cuts where a unit saves least for its price', () => {
  const given = input({ articles: 2 });
  const free = orderUpTo({ leadTime: 3, ...costs }).orders(given);
  const total = free.reduce((sum, { order }, i) => sum + order * [1, 10][i]!, 0);
  const price = [1, 10];
  const cut = orderUpTo({ leadTime: 3, ...costs, budget: { total: total * 0.7, price } }).orders(given);
  const spent = cut.reduce((sum, { order }, i) => sum + order * price[i]!, 0);
  assert.ok(spent <= total * 0.7 && spent > total * 0.5, String(spent));
  assert.ok(free[0]!.order - cut[0]!.order <= free[1]!.order - cut[1]!.order);
  const enough = orderUpTo({ leadTime: 3, ...costs, budget: { total, price: 'price' } }).orders({
    ...given,
    attributes: table([numberColumn('price', price)]),
  });
  assert.deepEqual(enough, free);
  const nothing = orderUpTo({ leadTime: 3, ...costs, budget: { total: 0, price } }).orders(given);
  assert.deepEqual(
    nothing.map(({ order }) => order),
    [0, 0],
  );
});

test('an order says why, in a sentence', () => {
  const [found] = orderUpTo({ leadTime: 1, ...costs, pack: 5 }).orders({
    paths: Float64Array.of(20, 31, 42),
    ...{ count: 3, horizon: 1 },
    state: { onHand: Float64Array.of(12), onOrder: Float64Array.of(0, 0), reach: 2 },
  });
  assert.equal(
    orderSentence(found!),
    'Stock 12, on the way 0. Until the next order can arrive you will sell 31 (20–42). Order 30.',
  );
  assert.equal(
    orderSentence({ order: 1.5, onHand: -2, onTheWay: 0, expected: 3.14, low: 0.25, high: 7 }),
    '2 are waited for, on the way 0. Until the next order can arrive you will sell 3.1 (0.3–7). Order 1.5.',
  );
});

test('paths that end too early and rules that cannot be are refused', () => {
  const refuses = (code: string, run: () => unknown): void =>
    assert.throws(run, (error) => error instanceof Problem && error.issues[0]!.code === code);
  refuses('stock-bad-input', () => orderUpTo({ leadTime: 9, ...costs }).orders(input()));
  refuses('stock-bad-input', () => orderUpTo({ leadTime: 3, ...costs }).orders({ ...input(), count: 7 }));
  refuses('stock-bad-rule', () =>
    orderUpTo({ leadTime: 3, holdingCost: 'cost', shortageCost: 1 }).orders(input()),
  );
  refuses('stock-bad-rule', () => orderUpTo({ leadTime: 1, ...costs, lookAhead: -1 }));
  refuses('stock-bad-rule', () => byServiceLevel({ leadTime: 1, fillRate: 1 }));
});
