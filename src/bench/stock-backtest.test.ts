/** The rule to beat costs what others found on VN2; in a made shop orders come near those by the true distribution. */
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { globalBoosting } from '../forecast/global/global-boosting.js';
import { pickSeries } from '../forecast/panel/pick-series.js';
import { until } from '../forecast/panel/until.js';
import { simulateShop } from '../forecast/shop/simulate-shop.js';
import { readStockFolder } from '../forecast/stock/read-stock-folder.js';
import { realData, withoutRealData } from '../testing/real-data.js';
import { horizon, orderedCost, tunedRuleCosts, windowStarts } from './stock-backtest.js';

test('on VN2 the tuned rule costs 5,585 in the mean of eight windows, as it did elsewhere', {
  skip: withoutRealData('vn2/sales.csv'),
}, async () => {
  const { panel } = await readStockFolder(dirname(realData('vn2/sales.csv')!), { leadTime: 3 });
  assert.deepEqual(windowStarts(panel).slice(0, 2), [85, 93]);
  const costs = tunedRuleCosts(panel);
  assert.equal(Math.round(costs.reduce((sum, cost) => sum + cost, 0) / costs.length), 5585);
});

test('in a made shop orders cost at most a third more than those by the true distribution', () => {
  const [weeks, lived] = [120, 8];
  const shop = simulateShop({ seed: 1, articles: 60, weeks });
  const places = Uint32Array.from(
    [...shop.panel.series.keys()].filter((i) => shop.panel.series[i]!.values.length === weeks),
  );
  const panel = pickSeries(shop.panel, places);
  const week = weeks - lived;
  const demand = Float64Array.from(
    { length: places.length * lived },
    (_, at) => shop.demand[places[Math.floor(at / lived)]! * weeks + week + (at % lived)]!,
  );
  const known = until(panel, lived);
  const truth = shop.truth.fit(known, { seed: 1 });
  const ours = globalBoosting({ horizon }).fit(known, { seed: 1 });
  const cost = (fitted: typeof ours): number =>
    orderedCost(panel, { week, weeks: lived, demand, fittedAt: () => fitted });
  const [best, reached] = [cost(truth), cost(ours)];
  assert.ok(reached < best * 1.33, `${reached} against ${best}`);
});
