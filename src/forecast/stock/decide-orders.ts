/** What every policy does alike: checks its input, looks at one article after another, and says why it orders so much. */
import { Problem } from '../../problem.js';
import { type ArticlePaths, articlePaths, pathBuffers } from './article-paths.js';
import { articleRules } from './article-rules.js';
import type { ArticleOrder, ArticleRules, OrderInput, StockRules } from './stock.js';

/** How much to order of one article. */
export type Choose = (paths: ArticlePaths, rules: ArticleRules, article: number) => number;

/** What a policy chooses it chooses before the next article is looked at. */
let buffers = pathBuffers(0);

/** Decides article by article. Throws `stock-bad-rule` and `stock-bad-input`. */
export function decideOrders(
  input: OrderInput,
  { rules, lookAhead, choose }: { rules: StockRules; lookAhead: number; choose: Choose },
): readonly ArticleOrder[] {
  const { paths, count, horizon, state, attributes, remembered } = input;
  const { length } = state.onHand;
  const articles = rememberedRules(remembered, length) ?? articleRules(rules, { count: length, attributes });
  checkInput(input, articles);
  const { reach } = state;
  if (buffers.left.length !== count) buffers = pathBuffers(count);
  return articles.map((own, i) => {
    // A view of a few numbers would move them off the heap, which takes the garbage collector longer than a copy.
    const arrivals = state.onOrder.slice(i * reach, (i + 1) * reach);
    const onHand = state.onHand[i]!;
    const seen = articlePaths(
      {
        paths: paths.subarray(i * count * horizon, (i + 1) * count * horizon),
        ...{ count, horizon, onHand, arrivals, rules: own, facts: remembered?.get(i) },
        buffers,
      },
      lookAhead,
    );
    remembered?.set(i, seen.facts);
    const { expected, low, high } = seen.facts;
    let onTheWay = 0;
    for (let j = 0; j < reach; j++) onTheWay += arrivals[j]!;
    // Of an article whose demand is not known nothing is ordered.
    const order = Number.isNaN(expected) ? 0 : choose(seen, own, i);
    return { order, onHand, onTheWay, expected, low, high };
  });
}

/**
 * The order as a sentence. Numbers are whole where the quantiles are, else they have one digit.
 *
 * @example
 * orderSentence({ order: 20, onHand: 12, onTheWay: 6, expected: 31.2, low: 21, high: 44 })
 * // → 'Stock 12, on the way 6. Until the next order can arrive you will sell 31 (21–44). Order 20.'
 */
export function orderSentence(order: ArticleOrder): string {
  const whole = Number.isInteger(order.low) && Number.isInteger(order.high);
  const text = (value: number): string => String(whole ? Math.round(value) : Number(value.toFixed(1)));
  const stock = order.onHand < 0 ? `${text(-order.onHand)} are waited for` : `Stock ${text(order.onHand)}`;
  return `${stock}, on the way ${text(order.onTheWay)}. Until the next order can arrive you will sell ${text(order.expected)} (${text(order.low)}–${text(order.high)}). Order ${text(order.order)}.`;
}

/** The rules of so many articles, where all of them are remembered. */
function rememberedRules(facts: OrderInput['remembered'], count: number): ArticleRules[] | undefined {
  if (facts === undefined || facts.size < count) return undefined;
  const rules: ArticleRules[] = [];
  for (let i = 0; i < count; i++) rules.push(facts.get(i)!.rules);
  return rules;
}

function checkInput(input: OrderInput, articles: readonly ArticleRules[]): void {
  const { paths, count, horizon, state } = input;
  const bad = (what: string, expected: string, remedy?: string): Problem =>
    new Problem({ code: 'stock-bad-input', what, expected, remedy });
  if (!(count >= 1) || paths.length !== articles.length * count * horizon)
    throw bad(
      `there are ${paths.length} values in "paths"`,
      `${articles.length} articles × ${count} paths × ${horizon} periods`,
    );
  let reach = 1;
  for (const { leadTime, review } of articles) reach = Math.max(reach, leadTime - 1 + review);
  if (horizon < reach)
    throw bad(
      `the paths go ${horizon} periods ahead`,
      `at least ${reach}: until the order after this one can arrive`,
      `forecast ${reach} periods or more`,
    );
  if (state.onOrder.length !== articles.length * state.reach)
    throw bad(
      `"onOrder" has ${state.onOrder.length} values`,
      `${articles.length} articles × reach ${state.reach}`,
    );
  if (!state.onHand.every(Number.isFinite) || !state.onOrder.every(Number.isFinite))
    throw bad('a stock is no finite number', 'what is on hand and under way of every article');
}
