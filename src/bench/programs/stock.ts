/** Forecasts and orders: the windows of VN2, a shop whose demand is known, and many series in little time. */

import type { FittedForecaster } from '../../forecast/forecaster.js';
import { globalBoosting } from '../../forecast/global/global-boosting.js';
import type { Panel } from '../../forecast/panel/panel.js';
import { pickSeries } from '../../forecast/panel/pick-series.js';
import { until } from '../../forecast/panel/until.js';
import { simulateShop } from '../../forecast/shop/simulate-shop.js';
import { orderUpTo } from '../../forecast/stock/order-up-to.js';
import { readStockFolder } from '../../forecast/stock/read-stock-folder.js';
import type { Json } from '../../json.js';
import { seededRandom } from '../../random.js';
import { table } from '../../table/table.js';
import {
  horizon,
  orderedCost,
  stockRules,
  tunedRuleCosts,
  windowStarts,
  windowWeeks,
} from '../stock-backtest.js';
import { measure, readTask } from './measure.js';

const task = readTask<{
  work: 'windows' | 'cadence' | 'shop' | 'global' | 'many';
  folder?: string;
  /** Weeks after which the model is fitted anew; 0 for never. */
  every?: number;
  mostRows?: number;
  /** Weeks of a made shop. */
  weeks?: number;
}>();
const options = { horizon, ...(task.mostRows && { mostRows: task.mostRows }) };
const fitOptions = { seed: 1, threads: 2 };

/** A model that is fitted anew every so many weeks from a first one on; 0 for never. */
function refitted(panel: Panel, { first, every }: { first: number; every: number }) {
  const fits = new Map<number, FittedForecaster>();
  return (week: number): FittedForecaster => {
    const at = every === 0 ? first : first + Math.floor((week - first) / every) * every;
    let fitted = fits.get(at);
    if (!fitted) {
      fits.clear();
      fitted = globalBoosting(options).fit(until(panel, panel.periods.count - at), fitOptions);
      fits.set(at, fitted);
    }
    return fitted;
  };
}

async function vn2(): Promise<Panel> {
  return (await readStockFolder(task.folder!, { leadTime: stockRules.leadTime })).panel;
}

/** Models are fitted before each window; weeks inside it only move their state. The first window tunes the rule, and nothing else. */
async function windows(): Promise<Json> {
  const panel = await vn2();
  const starts = windowStarts(panel).slice(1);
  const rule = tunedRuleCosts(panel);
  const costs = starts.map((week) => {
    const fitted = globalBoosting(options).fit(until(panel, panel.periods.count - week), fitOptions);
    return orderedCost(panel, { week, fittedAt: () => fitted });
  });
  const [mean, ruleMean] = [meanOf(costs), meanOf(rule)];
  return {
    windows: starts.map((week, i) => ({ week, cost: costs[i]!, rule: rule[i]! })),
    scores: {
      ...{ cost: mean, 'cost of the rule': ruleMean, 'saved %': 100 * (1 - mean / ruleMean) },
      'better windows': costs.filter((cost, i) => cost < rule[i]!).length,
      ...Object.fromEntries(costs.map((cost, i) => [`window ${i + 2} saved %`, 100 * (1 - cost / rule[i]!)])),
    },
  };
}

async function cadence(): Promise<Json> {
  const panel = await vn2();
  const starts = windowStarts(panel).slice(1);
  const fittedAt = refitted(panel, { first: starts[0]!, every: task.every! });
  return { scores: { cost: meanOf(starts.map((week) => orderedCost(panel, { week, fittedAt }))) } };
}

const shopSeeds = [11, 12, 13, 14, 15, 16, 17, 18];

/** Half a year of made shops, ordered by our forecasts and by the true distribution. Nothing was tuned on these seeds. */
function shops(): Json {
  const lived = shopSeeds.map(shop);
  const sum = (of: 'ours' | 'best'): number => lived.reduce((total, one) => total + one[of], 0);
  const [ours, best] = [sum('ours'), sum('best')];
  return {
    scores: {
      ...{ cost: ours, 'cost of the truth': best, 'above the truth %': 100 * (ours / best - 1) },
      ...Object.fromEntries(
        lived.map((one, i) => [`shop ${i + 1} above the truth %`, 100 * (one.ours / one.best - 1)]),
      ),
    },
  };
}

function shop(seed: number): { ours: number; best: number } {
  const weeks = task.weeks!;
  const lived = 26;
  const first = weeks - lived;
  const whole = simulateShop({ seed, articles: 300, weeks });
  // Nobody orders an article that has been taken off sale, or has hardly begun.
  const places = Uint32Array.from(
    [...whole.panel.series.keys()].filter((i) => {
      const { start, values } = whole.panel.series[i]!;
      return start <= first - 13 && start + values.length === weeks;
    }),
  );
  const panel = pickSeries(whole.panel, places);
  const count = places.length;
  const of = (article: number, week: number): number => whole.demand[places[article]! * weeks + week]!;
  const demand = Float64Array.from({ length: count * lived }, (_, at) =>
    of(Math.floor(at / lived), first + (at % lived)),
  );
  const onHand = Float64Array.from({ length: count }, (_, i) =>
    Math.ceil(meanOf(Array.from({ length: 8 }, (_, back) => of(i, first - 1 - back)))),
  );
  const start = {
    onHand,
    onOrder: Float64Array.from({ length: count * 2 }, (_, at) => onHand[at >> 1]!),
    reach: 2,
  };
  const live = (fittedAt: (week: number) => FittedForecaster): number =>
    orderedCost(panel, { week: first, weeks: lived, demand, start, fittedAt });
  const truth = whole.truth.fit(until(panel, lived), fitOptions);
  return { best: live(() => truth), ours: live(refitted(panel, { first, every: windowWeeks })) };
}

/** Made weekly sales of many articles with a season, a row of noise each. */
function manySeries(articles: number, weeks: number): Panel {
  const random = seededRandom(1);
  const series = Array.from({ length: articles }, (_, i) => {
    const level = Math.exp(random.normal());
    const values = Float64Array.from({ length: weeks }, (_, week) =>
      Math.floor(level * (1 + 0.4 * Math.sin((week * Math.PI) / 26)) * -Math.log(1 - random.uniform()) * 1.5),
    );
    return { key: [`article ${i}`], start: 0, values };
  });
  return {
    periods: { every: 'week', first: '2023-01-02', count: weeks },
    ...{ names: ['article'], series, seasons: [52], counts: true, attributes: table([]), ahead: [] },
  };
}

function many(): number {
  const panel = manySeries(10_000, 104);
  const forecasts = globalBoosting(options).fit(panel, fitOptions).forecast(horizon);
  const count = 200;
  const onHand = forecasts.means.filter((_, at) => at % horizon === 0).map(Math.round);
  return orderUpTo(stockRules)
    .orders({
      ...{ paths: forecasts.paths!(count, 1), count, horizon },
      state: { onHand, onOrder: new Float64Array(2 * onHand.length), reach: 2 },
    })
    .reduce((sum, { order }) => sum + order, 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function work(): Promise<() => Json | Promise<Json>> {
  if (task.work === 'windows') return windows;
  if (task.work === 'cadence') return cadence;
  if (task.work === 'shop') return shops;
  if (task.work === 'many') return () => ({ units: many() });
  const panel = await vn2();
  return () => {
    const { means } = globalBoosting(options).fit(panel, fitOptions).forecast(horizon);
    return { units: means.reduce((sum, value) => sum + value, 0) };
  };
}

void work().then((run) => measure(task, run, (answer: Json) => answer));
