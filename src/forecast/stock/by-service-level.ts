/** The smallest order that keeps a promise: the share of demand that is met from stock. */
import { checkNumbers } from '../../check-numbers.js';
import type { ArticlePaths } from './article-paths.js';
import { rulesToJson } from './article-rules.js';
import { decideOrders } from './decide-orders.js';
import type { ArticleRules, OrderPolicy, StockRules } from './stock.js';

/** The rules, without costs: these decide nothing here. */
export interface ServiceLevelOptions extends Omit<StockRules, 'holdingCost' | 'shortageCost'> {
  /** The share of demand that is to be met from stock between the arrival of an order and of the next one, in (0, 1). */
  readonly fillRate: number;
}

/**
 * Orders the least that meets `fillRate` of demand on average over the paths; as much as the rules allow where none does.
 * Throws `stock-bad-rule`; its `orders` also `stock-bad-input`.
 *
 * @example
 * const policy = byServiceLevel({ leadTime: 1, fillRate: 0.9 });
 * const [bread] = policy.orders({
 *   paths: Float64Array.of(4, 5, 6, 9),
 *   count: 4,
 *   horizon: 1,
 *   state: { onHand: Float64Array.of(2), onOrder: Float64Array.of(), reach: 0 },
 * });
 * bread?.order // → 5
 */
export function byServiceLevel({ fillRate, ...rules }: ServiceLevelOptions): OrderPolicy {
  checkNumbers({ code: 'stock-bad-rule' }, { fillRate }, { fillRate: { above: 0, below: 1 } });
  return {
    name: `fill rate ${fillRate}`,
    kind: 'fill-rate',
    params: { ...rulesToJson(rules), fillRate },
    orders: (input) =>
      decideOrders(input, {
        rules: { ...rules, holdingCost: 0, shortageCost: 1 },
        lookAhead: 0,
        choose: (paths, own) => smallest(paths, own, fillRate),
      }),
  };
}

/** By halving: the more is ordered, the less is missing. */
function smallest(paths: ArticlePaths, rules: ArticleRules, fillRate: number): number {
  const { pack, minimumOrder, maximum } = rules;
  const allowed = (1 - fillRate) * paths.facts.demand + 1e-12;
  if (paths.missing(0) <= allowed) return 0;
  let low = 0;
  let high = Math.max(1, Math.ceil(paths.mostNeeded / pack));
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (paths.missing(middle * pack) <= allowed) high = middle;
    else low = middle;
  }
  const least = Math.ceil(minimumOrder / pack - 1e-9);
  const most = Math.floor(maximum / pack + 1e-9);
  const packs = Math.min(Math.max(high, least), most);
  return packs >= least ? packs * pack : 0;
}
