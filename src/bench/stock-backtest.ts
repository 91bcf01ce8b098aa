/** Orders lived through inside a real history of sales: windows, the rule to beat, and what each way of ordering cost. */
import type { FittedForecaster } from '../forecast/forecaster.js';
import type { Panel } from '../forecast/panel/panel.js';
import { until } from '../forecast/panel/until.js';
import { orderUpTo } from '../forecast/stock/order-up-to.js';
import { recentMeans } from '../forecast/stock/recent-means.js';
import { simulateStock } from '../forecast/stock/simulate-stock.js';
import type { StockState } from '../forecast/stock/stock.js';

/** An order placed at the end of week w arrives at the start of week w + 3; a lost sale costs 1, a unit left over .2 a week. */
export const stockRules = { leadTime: 3, holdingCost: 0.2, shortageCost: 1 } as const;

/** Weeks that are lived through; the first two cannot be influenced by any order. */
export const windowWeeks = 8;
export const firstCounted = 2;
const windowCount = 9;
/** What paths are drawn for each article, and how far they go. */
const paths = 400;
export const horizon = 6;

/** The first week of each window; windows follow each other without a gap, the last ends with the panel. */
export function windowStarts({ periods }: Panel): readonly number[] {
  return Array.from({ length: windowCount }, (_, i) => periods.count - windowWeeks * (windowCount - i));
}

/** What is on hand and on the way when a window begins: a mean week, rounded up, three times. */
export function startOf(panel: Panel, week: number): StockState {
  const onHand = recentMeans(panel, week).map(Math.ceil);
  return {
    onHand,
    onOrder: Float64Array.from({ length: onHand.length * 2 }, (_, at) => onHand[at >> 1]!),
    reach: 2,
  };
}

/** The sales of some weeks as demand: series × weeks. */
export function salesOf({ series }: Panel, { week, weeks }: { week: number; weeks: number }): Float64Array {
  return Float64Array.from(
    { length: series.length * weeks },
    (_, at) =>
      series[Math.floor(at / weeks)]!.values[week - series[Math.floor(at / weeks)]!.start + (at % weeks)]!,
  );
}

/** What the rule «recent mean × 4 × factor, rounded up» costs in a window. */
export function ruleCost(panel: Panel, week: number, factor: number): number {
  return simulateStock({
    ...{
      demand: salesOf(panel, { week, weeks: windowWeeks }),
      periods: windowWeeks,
      start: startOf(panel, week),
    },
    rules: stockRules,
    policy: ({ period, state }) =>
      recentMeans(panel, week + period).map((mean, i) =>
        Math.ceil(
          Math.max(
            0,
            mean * 4 * factor - state.onHand[i]! - state.onOrder[2 * i]! - state.onOrder[2 * i + 1]!,
          ),
        ),
      ),
  }).cost(firstCounted);
}

/** What the rule costs in each window but the first, each time with the factor that cost least in all windows before. */
export function tunedRuleCosts(panel: Panel): readonly number[] {
  const factors = Array.from({ length: 13 }, (_, i) => 0.5 + 0.05 * i);
  const costs = windowStarts(panel).map((week) => factors.map((factor) => ruleCost(panel, week, factor)));
  return costs.slice(1).map((own, i) => {
    const before = factors.map((_, k) => costs.slice(0, i + 1).reduce((sum, window) => sum + window[k]!, 0));
    return own[before.indexOf(Math.min(...before))]!;
  });
}

/** What orders of least cost come to in a stretch of weeks, by the forecaster that stood fitted before each. */
export function orderedCost(
  panel: Panel,
  {
    week,
    weeks = windowWeeks,
    demand = salesOf(panel, { week, weeks }),
    start = startOf(panel, week),
    fittedAt,
  }: {
    week: number;
    weeks?: number;
    demand?: Float64Array;
    start?: StockState;
    fittedAt: (week: number) => FittedForecaster;
  },
): number {
  const policy = orderUpTo(stockRules);
  return simulateStock({
    ...{ demand, periods: weeks, start, rules: stockRules },
    policy: ({ period, state }) => {
      const known = until(panel, panel.periods.count - week - period);
      const forecasts = fittedAt(week + period)
        .update(known)
        .forecast(horizon);
      const drawn = forecasts.paths!(paths, 5 + period);
      return policy.orders({ paths: drawn, count: paths, horizon, state }).map(({ order }) => order);
    },
  }).cost(firstCounted);
}
