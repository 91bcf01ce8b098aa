/** A stock lived through period by period, under any policy: what it would have cost. */
import { Problem } from '../../problem.js';
import { articleRules } from './article-rules.js';
import type { ArticleRules, StockRules, StockState } from './stock.js';

/** What a policy is told when an order is due: the stock at the end of a period. */
export interface OrderMoment {
  /** How many periods have passed since the start. */
  readonly period: number;
  readonly state: StockState;
}

/** What `simulateStock` lives through. */
export interface Simulation {
  /** What customers ask for: articles × `periods`, row-major. */
  readonly demand: Float64Array;
  readonly periods: number;
  /** The stock before the first period. */
  readonly start: StockState;
  readonly rules: StockRules;
  /** What each article orders. Asked before the first period and at the end of every one whose order would still arrive. */
  readonly policy: (moment: OrderMoment) => ArrayLike<number>;
}

/** What came of it. All lists are row-major: articles × periods. */
export interface StockHistory {
  readonly periods: number;
  /** Holding and shortage costs of each article in each period. */
  readonly holding: Float64Array;
  readonly shortage: Float64Array;
  readonly sold: Float64Array;
  readonly missed: Float64Array;
  /** Stock at the end of each period. */
  readonly onHand: Float64Array;
  /** What was ordered before each period; it arrives `leadTime` - 1 periods later. */
  readonly ordered: Float64Array;
  /** The stock at the end. */
  readonly end: StockState;
  /** Both costs of all articles, from period `from` (0 for the first) on; by default all of them. */
  cost(from?: number): number;
  /** The share of what was asked for that was there, from period `from` on; 1 where nothing was asked for. */
  fillRate(from?: number): number;
}

/**
 * Lives through the periods: what was ordered arrives at their start, customers take what is there, what is left is held, what
 * is missing is lost or waited for, and then the policy orders. An article orders when `review` periods have passed since it last
 * could. What a policy asks for is cut to the rules: whole packs (the nearest number of them, a half up), the minimum, the maximum.
 * Throws `stock-bad-simulation` for lists whose lengths differ or demand that is no number of at least 0, and `stock-bad-rule`.
 *
 * @example
 * const lived = simulateStock({
 *   demand: Float64Array.of(3, 4),
 *   periods: 2,
 *   start: { onHand: Float64Array.of(5), onOrder: Float64Array.of(), reach: 0 },
 *   rules: { leadTime: 1, holdingCost: 0.2, shortageCost: 1 },
 *   policy: ({ state }) => state.onHand.map((onHand) => 4 - onHand),
 * });
 * assert.deepEqual([...lived.sold], [3, 4]);
 * lived.cost() // → 0.4
 */
export function simulateStock({ demand, periods, start, rules, policy }: Simulation): StockHistory {
  const count = start.onHand.length;
  const articles = articleRules(rules, { count });
  checkLengths({ demand, periods, start, articles });
  const size = count * periods;
  const [holding, shortage, sold, missed, onHandAt, ordered] = Array.from(
    { length: 6 },
    () => new Float64Array(size),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const { reach } = start;
  const onHand = start.onHand.slice();
  // One more place than `reach`: what is ordered now may arrive that much later.
  const width = reach + 1;
  const onOrder = new Float64Array(count * width);
  for (let i = 0; i < count; i++) onOrder.set(start.onOrder.subarray(i * reach, (i + 1) * reach), i * width);
  const shown = (): StockState => ({
    onHand: onHand.slice(),
    onOrder: Float64Array.from({ length: count * reach }, (_, at) => {
      const article = Math.floor(at / reach);
      return onOrder[article * width + (at - article * reach)]!;
    }),
    reach,
  });
  for (let period = 0; period < periods; period++) {
    if (articles.some(({ leadTime, review }) => isDue(period, { leadTime, review, periods }))) {
      const wanted = policy({ period, state: shown() });
      checkOrders(wanted, count);
      articles.forEach((own, i) => {
        if (!isDue(period, { ...own, periods })) return;
        const order = allowedOrder(wanted[i]!, own);
        onOrder[i * width + own.leadTime - 1]! += order;
        ordered[i * periods + period] = order;
      });
    }
    for (let i = 0; i < count; i++) {
      const own = articles[i]!;
      const at = i * periods + period;
      const asked = demand[at]!;
      onHand[i]! += onOrder[i * width]!;
      onOrder.copyWithin(i * width, i * width + 1, (i + 1) * width);
      onOrder[(i + 1) * width - 1] = 0;
      const there = Math.max(0, onHand[i]!);
      const taken = Math.min(there, asked);
      sold[at] = taken;
      missed[at] = asked - taken;
      onHand[i] = own.backorders ? onHand[i]! - asked : there - taken;
      onHandAt[at] = onHand[i]!;
      holding[at] = own.holdingCost * Math.max(0, onHand[i]!);
      shortage[at] = own.shortageCost * (own.backorders ? Math.max(0, -onHand[i]!) : missed[at]!);
    }
  }
  const sumFrom = (values: Float64Array, from: number): number => {
    let sum = 0;
    for (let i = 0; i < count; i++)
      for (let period = from; period < periods; period++) sum += values[i * periods + period]!;
    return sum;
  };
  return {
    ...{ periods, holding, shortage, sold, missed, ordered, onHand: onHandAt, end: shown() },
    cost: (from = 0) => sumFrom(holding, from) + sumFrom(shortage, from),
    fillRate: (from = 0) => {
      const asked = sumFrom(demand, from);
      return asked === 0 ? 1 : sumFrom(sold, from) / asked;
    },
  };
}

/** Whether an order may be placed now, and would still arrive in time to matter. */
function isDue(
  period: number,
  { leadTime, review, periods }: { leadTime: number; review: number; periods: number },
): boolean {
  return period % review === 0 && period + leadTime <= periods;
}

/** The nearest order that the rules allow. */
export function allowedOrder(wanted: number, { pack, minimumOrder, maximum }: ArticleRules): number {
  const most = Math.floor(maximum / pack + 1e-9) * pack;
  const least = Math.ceil(minimumOrder / pack - 1e-9) * pack;
  const order = Math.min(Math.max(0, Math.round(wanted / pack)) * pack, most);
  if (order === 0 || order >= least) return order;
  return order >= least / 2 && least <= most ? least : 0;
}

function checkLengths({
  demand,
  periods,
  start,
  articles,
}: Pick<Simulation, 'demand' | 'periods' | 'start'> & { articles: readonly ArticleRules[] }): void {
  const count = start.onHand.length;
  const longest = Math.max(1, ...articles.map(({ leadTime }) => leadTime));
  const bad = (what: string, expected: string): Problem =>
    new Problem({ code: 'stock-bad-simulation', what, expected });
  if (demand.length !== count * periods)
    throw bad(`there are ${demand.length} values of demand`, `${count} articles × ${periods} periods`);
  if (start.onOrder.length !== count * start.reach)
    throw bad(`"onOrder" has ${start.onOrder.length} values`, `${count} articles × reach ${start.reach}`);
  if (start.reach < longest - 1)
    throw bad(`"reach" is ${start.reach}`, `the longest lead time less 1, which is ${longest - 1}`);
  const wrong = demand.findIndex((asked) => !(asked >= 0 && asked < Infinity));
  if (wrong >= 0)
    throw bad(
      `the demand of article ${Math.floor(wrong / periods)} in period ${wrong % periods} is ${demand[wrong]}`,
      'a finite number of at least 0',
    );
}

function checkOrders(wanted: ArrayLike<number>, count: number): void {
  const wrong = Array.from(wanted).findIndex((order) => Number.isNaN(order));
  if (wanted.length === count && wrong < 0) return;
  throw new Problem({
    code: 'stock-bad-simulation',
    what:
      wrong < 0
        ? `the policy ordered ${wanted.length} articles`
        : `the policy ordered NaN of article ${wrong}`,
    expected: `one number for each of ${count} articles`,
  });
}
