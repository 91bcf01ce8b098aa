/** The order that costs least over the paths that demand may take. */
import { checkNumbers } from '../../check-numbers.js';
import type { JsonObject } from '../../json.js';
import { Problem } from '../../problem.js';
import type { ArticlePaths } from './article-paths.js';
import { perArticle, perArticleToJson, rulesToJson } from './article-rules.js';
import { decideOrders } from './decide-orders.js';
import { allowedOrder } from './simulate-stock.js';
import type { ArticleOrder, ArticleRules, OrderInput, OrderPolicy, PerArticle, StockRules } from './stock.js';

/** What `orderUpTo` is told beside the rules. */
export interface OrderUpToOptions extends StockRules {
  /**
   * How many periods behind those that the order protects are looked at; by default three reviews. More of what is left over is then
   * a cost, as it is; paths that end before are looked at to their end.
   */
  readonly lookAhead?: number;
  /** What all orders together may cost, and the price of a unit of each article. */
  readonly budget?: { readonly total: number; readonly price: PerArticle };
}

/**
 * Orders what costs least on average over the paths: each path is lived through until the order arrives, through the periods that
 * it protects, and through some behind them, in which later orders top the stock up. Where a budget does not
 * suffice, every article gives up the units that save least for their price.
 * Throws `stock-bad-rule` for a rule that cannot be one; its `orders` also `stock-bad-input` for paths that are too short.
 *
 * @example
 * const policy = orderUpTo({ leadTime: 1, holdingCost: 0.2, shortageCost: 1 });
 * const [bread] = policy.orders({
 *   paths: Float64Array.of(4, 5, 6, 9),
 *   count: 4,
 *   horizon: 1,
 *   state: { onHand: Float64Array.of(2), onOrder: Float64Array.of(), reach: 0 },
 * });
 * bread?.order // → 7
 */
export function orderUpTo({ lookAhead, budget, ...rules }: OrderUpToOptions): OrderPolicy {
  const most = typeof rules.review === 'number' ? rules.review : 1;
  const ahead = lookAhead ?? 3 * most;
  checkNumbers({ code: 'stock-bad-rule' }, { lookAhead: ahead }, { lookAhead: { min: 0, integer: true } });
  return {
    name: 'least cost',
    kind: 'least-cost',
    params: { ...rulesToJson(rules), lookAhead: ahead, ...(budget && { budget: budgetToJson(budget) }) },
    orders: (input) => {
      const at = (unitCost: (article: number) => number): readonly ArticleOrder[] =>
        decideOrders(input, {
          rules,
          lookAhead: ahead,
          choose: (paths, own, article) => cheapest(paths, own, unitCost(article)),
        });
      return budget ? withinBudget(budget, input, at) : at(() => 0);
    },
    costs: (input, orders) => {
      let found: readonly number[] = [];
      const choose = (paths: ArticlePaths, _: ArticleRules, article: number): number => {
        if (article === 0) found = orders.map((order) => paths.cost(order));
        return 0;
      };
      decideOrders(input, { rules, lookAhead: ahead, choose });
      return found;
    },
  };
}

function budgetToJson({ total, price }: NonNullable<OrderUpToOptions['budget']>): JsonObject {
  return { total, price: perArticleToJson(price) };
}

/** The allowed order with the least cost: from the newsvendor's quantile downhill, with ever shorter steps. */
function cheapest(paths: ArticlePaths, rules: ArticleRules, unitCost: number): number {
  const { holdingCost, shortageCost, pack, minimumOrder } = rules;
  const ratio = shortageCost + holdingCost > 0 ? shortageCost / (shortageCost + holdingCost) : 0;
  const costs = new Map<number, number>();
  const costOf = (order: number): number => {
    let cost = costs.get(order);
    if (cost === undefined) {
      cost = paths.cost(order) + unitCost * order;
      costs.set(order, cost);
    }
    return cost;
  };
  let best = allowedOrder(paths.needed(ratio), rules);
  const span = Math.max(best, paths.mostNeeded) / pack;
  for (let step = pack * 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, span / 4)))); ; step /= 2) {
    for (const direction of [-1, 1])
      for (;;) {
        const next = allowedOrder(Math.max(0, best + direction * step), rules);
        // Not ">=": a cost that is no number would never end the walk.
        if (next === best || !(costOf(next) < costOf(best))) break;
        best = next;
      }
    if (step <= pack) break;
  }
  // Between 0 and the minimum there is nothing to walk over.
  return best > 0 && minimumOrder > pack && costOf(0) <= costOf(best) ? 0 : best;
}

/** Raises what a unit's price counts until all orders together can be paid. */
function withinBudget(
  { total, price }: NonNullable<OrderUpToOptions['budget']>,
  { state, attributes }: OrderInput,
  at: (unitCost: (article: number) => number) => readonly ArticleOrder[],
): readonly ArticleOrder[] {
  if (!(total >= 0))
    throw new Problem({
      code: 'stock-bad-rule',
      what: `the budget is ${total}`,
      expected: 'a number of at least 0',
    });
  const priceOf = perArticle(price, { name: 'price', count: state.onHand.length, attributes });
  const spent = (orders: readonly ArticleOrder[]): number =>
    orders.reduce((sum, { order }, article) => sum + order * priceOf(article), 0);
  let best = at(() => 0);
  if (spent(best) <= total) return best;
  let [low, high] = [0, 1];
  for (best = at((i) => high * priceOf(i)); spent(best) > total; best = at((i) => high * priceOf(i)))
    [low, high] = [high, high * 4];
  for (let i = 0; i < 24 && spent(best) < total; i++) {
    const middle = (low + high) / 2;
    const orders = at((article) => middle * priceOf(article));
    if (spent(orders) > total) low = middle;
    else [high, best] = [middle, orders];
  }
  return best;
}
