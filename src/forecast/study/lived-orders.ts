/** What orders would have cost: the last periods of a panel lived through, by several policies, and learned anew at several cadences. */
import { JsonReader } from '../../json.js';
import type { FittedForecaster, Forecaster } from '../forecaster.js';
import { periodText } from '../panel/calendar.js';
import type { Every, Panel } from '../panel/panel.js';
import { pickSeries } from '../panel/pick-series.js';
import { until } from '../panel/until.js';
import { articleRules, perArticleFromJson, rulesFromJson } from '../stock/article-rules.js';
import { byServiceLevel } from '../stock/by-service-level.js';
import { recentMeans, recentPeriods } from '../stock/recent-means.js';
import { simulateStock } from '../stock/simulate-stock.js';
import type { ArticleRules, OrderPolicy, PerArticle, StockRules, StockState } from '../stock/stock.js';

/** What a way of ordering came to. */
export interface LivedPolicy {
  readonly name: string;
  readonly cost: number;
  /** The share of what was asked for that was there. */
  readonly fillRate: number;
}

/** How often a model was learned anew, and what that came to. */
export interface LivedCadence extends LivedPolicy {
  /** How many times it was learned, the first one included. */
  readonly fits: number;
}

/** Orders of the last periods, as they would have gone. */
export interface LivedOrders {
  /** The first and the last period whose cost counts: the first that an order could reach. */
  readonly from: string;
  readonly to: string;
  /** How many articles were on sale from a quarter of a year before to the end. */
  readonly series: number;
  /** The study's own orders first, then those by the other candidates, by promises of service, and by a rule of thumb. */
  readonly policies: readonly LivedPolicy[];
  /** The study's own orders, learned never anew to every period; empty where periods are neither weeks nor months. */
  readonly cadence: readonly LivedCadence[];
}

/** What is lived through. */
export interface LiveOptions {
  readonly orders: OrderPolicy;
  /** By which the study orders, and those to compare with. All can draw paths. */
  readonly chosen: Forecaster;
  readonly others: readonly Forecaster[];
  readonly horizon: number;
  readonly paths: number;
  readonly seed: number;
  readonly threads: number;
  readonly onProgress?: (share: number, what: string) => void;
}

/** Periods that are lived through, at most; they are a quarter of the panel otherwise. */
const mostPeriods = 26;
/** Shares of demand that may be promised. */
const promises = [0.8, 0.9, 0.95, 0.98];
const cadences: Partial<Record<Every, Readonly<Record<string, number>>>> = {
  week: { never: Infinity, quarterly: 13, monthly: 4, weekly: 1 },
  month: { never: Infinity, quarterly: 3, monthly: 1 },
};

/**
 * Lives through the last half year, or the last quarter of a shorter panel, from a stock of a mean period on hand and on the way. Models
 * know at each order what was sold until then; unless a cadence says otherwise they were learned before the first of them. What was not
 * there to sell counts as not asked for. Undefined where the policy looks at no costs, or the panel is too short.
 */
export function liveOrders(panel: Panel, options: LiveOptions): LivedOrders | undefined {
  const periods = Math.min(mostPeriods, Math.floor(panel.periods.count / 4));
  const first = panel.periods.count - periods;
  const places = Uint32Array.from(panel.series.keys()).filter((s) => {
    const { start, values } = panel.series[s]!;
    return start <= first - recentPeriods && start + values.length === panel.periods.count;
  });
  const { orders, chosen, others } = options;
  if (orders.params.shortageCost === undefined || places.length === 0) return undefined;
  const shop = shopOf(pickSeries(panel, places), { first, periods, orders });
  if (periods < 2 * shop.longest) return undefined;
  const every = Object.entries(cadences[panel.periods.every ?? 'year'] ?? {}).filter(
    ([, each]) => each !== Infinity,
  );
  const steps = 2 + others.length + promises.length + every.length;
  let done = 0;
  const tell = <Result>(what: string, run: () => Result): Result => {
    options.onProgress?.(done++ / steps, what);
    return run();
  };
  const fits = new Map<number, FittedForecaster>();
  const learn = (forecaster: Forecaster, place: number): FittedForecaster =>
    forecaster.fit(shop.knownAt(place), { seed: options.seed, threads: options.threads });
  const chosenAt = (place: number): FittedForecaster => {
    const fitted = fits.get(place) ?? learn(chosen, place);
    fits.set(place, fitted);
    return fitted;
  };
  const byPaths = (policy: OrderPolicy, fittedAt: (place: number) => FittedForecaster): Lived =>
    shop.live((place, state) => {
      const { horizon, paths: count, seed } = options;
      const forecasts = fittedAt(place).update(shop.knownAt(place)).forecast(horizon);
      const input = { paths: forecasts.paths!(count, seed + place), count, horizon, state };
      return policy.orders({ ...input, attributes: shop.panel.attributes }).map(({ order }) => order);
    });
  const own = tell(`${orders.name} by ${chosen.name}`, () => byPaths(orders, () => chosenAt(first)));
  const compared = others.map((forecaster) =>
    tell(`${orders.name} by ${forecaster.name}`, () => {
      const fitted = learn(forecaster, first);
      return { name: `${orders.name} by ${forecaster.name}`, ...byPaths(orders, () => fitted) };
    }),
  );
  const promised = promises.map((fillRate) =>
    tell(`a fill rate of ${fillRate}`, () => {
      const policy = byServiceLevel({ ...shop.withoutCosts, fillRate });
      return { name: `${100 * fillRate} % promised`, ...byPaths(policy, () => chosenAt(first)) };
    }),
  );
  const thumb = tell('a rule of thumb', () => shop.live(shop.byThumb));
  const cadence = every.map(([name, each]) =>
    tell(`learned ${name}`, () => {
      const lived = byPaths(orders, (place) => chosenAt(place - ((place - first) % each)));
      return { name, ...lived, fits: Math.ceil((periods - shop.longest + 1) / each) };
    }),
  );
  const { periods: of } = panel;
  return {
    from: periodText(of, first + shop.longest - 1),
    to: periodText(of, of.count - 1),
    series: places.length,
    policies: [
      { name: `${orders.name} by ${chosen.name}`, ...own },
      ...compared,
      ...promised,
      { name: `mean of the last ${recentPeriods}, for each period until the next order is there`, ...thumb },
    ],
    cadence: every.length === 0 ? [] : [{ name: 'never', ...own, fits: 1 }, ...cadence],
  };
}

type Lived = Pick<LivedPolicy, 'cost' | 'fillRate'>;
type Decide = (place: number, state: StockState) => ArrayLike<number>;

/** The articles that are lived with, by the rules of the study's orders. */
function shopOf(
  panel: Panel,
  { first, periods, orders }: { first: number; periods: number; orders: OrderPolicy },
) {
  const count = panel.series.length;
  const { holdingCost, shortageCost, ...withoutCosts } = rulesOf(orders, panel);
  const rules: StockRules = { ...withoutCosts, holdingCost, shortageCost };
  const articles = articleRules(rules, { count });
  const longest = articles.reduce((most, { leadTime }) => Math.max(most, leadTime), 1);
  const knownAt = (place: number): Panel => until(panel, panel.periods.count - place);
  const demand = Float64Array.from({ length: count * periods }, (_, at) => {
    const { start, values } = panel.series[Math.floor(at / periods)]!;
    return Math.max(0, values[first + (at % periods) - start]! || 0);
  });
  const onHand = recentMeans(panel, first).map(Math.ceil);
  const reach = longest - 1;
  const onOrder = Float64Array.from({ length: count * reach }, (_, at) => onHand[Math.floor(at / reach)]!);
  const start = { onHand, onOrder, reach };
  return {
    ...{ panel, longest, withoutCosts, knownAt },
    byThumb: (place: number, state: StockState) => thumbOrders(recentMeans(panel, place), articles, state),
    live: (decide: Decide): Lived => {
      const policy = ({ period, state }: { period: number; state: StockState }) =>
        decide(first + period, state);
      const lived = simulateStock({ ...{ demand, periods, start, rules, policy } });
      return { cost: lived.cost(longest - 1), fillRate: lived.fillRate(longest - 1) };
    },
  };
}

/** The rules of a policy of least cost, columns of the series read. */
function rulesOf({ params }: OrderPolicy, { attributes }: Panel): StockRules {
  const json = new JsonReader(params);
  const read = (value: PerArticle): PerArticle =>
    typeof value === 'string' ? attributes.numbers(value) : value;
  const { backorders, ...named } = rulesFromJson(json);
  const costs = {
    holdingCost: perArticleFromJson(json.field('holdingCost')),
    shortageCost: perArticleFromJson(json.field('shortageCost')),
  };
  const rules = Object.entries({ ...named, ...costs }).map(([name, value]) => [name, read(value)]);
  return { ...(Object.fromEntries(rules) as typeof named & typeof costs), ...(backorders && { backorders }) };
}

/** Up to a mean period for each until the next order is there, and for one more. */
function thumbOrders(
  means: Float64Array,
  articles: readonly ArticleRules[],
  state: StockState,
): Float64Array {
  const { onHand, onOrder, reach } = state;
  return means.map((mean, i) => {
    const { leadTime, review } = articles[i]!;
    const coming = onOrder.subarray(i * reach, (i + 1) * reach).reduce((sum, units) => sum + units, 0);
    return Math.ceil(Math.max(0, mean * (leadTime + review) - onHand[i]! - coming));
  });
}
