/** Orders lived through: promises that cost, cadences, what may not be known, and series that know too little. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallForecastStudy, smallPanel } from '../../testing/small-forecasts.js';
import { withPaths } from '../combine/with-paths.js';
import { local } from '../local/local.js';
import { meanOfLast } from '../local/mean-of-last.js';
import type { Panel } from '../panel/panel.js';
import { until } from '../panel/until.js';
import { byServiceLevel } from '../stock/by-service-level.js';
import { type LiveOptions, liveOrders } from './lived-orders.js';
import { shortPasts } from './short-pasts.js';

const options: LiveOptions = {
  orders: smallForecastStudy.orders!,
  chosen: withPaths(local(meanOfLast(26))),
  others: [withPaths(local(meanOfLast(4)))],
  ...{ horizon: 6, paths: 100, seed: 1, threads: 1 },
};
const lived = liveOrders(smallPanel(), options)!;

test('the last half year is lived through, by the study, the other candidates, promises and a rule of thumb', () => {
  assert.deepEqual([lived.from, lived.to, lived.series], ['2025-07-07', '2025-12-22', 6]);
  assert.deepEqual(
    lived.policies.map(({ name }) => name),
    [
      'least cost by mean of last 26',
      'least cost by mean of last 4',
      ...['80 % promised', '90 % promised', '95 % promised', '98 % promised'],
      'mean of the last 13, for each period until the next order is there',
    ],
  );
  for (const { cost, fillRate } of lived.policies) assert.ok(cost > 0 && fillRate > 0 && fillRate <= 1);
});

test('a higher promise gives more service, and the orders of least cost cost less than a promise of nearly all', () => {
  const rates = lived.policies.slice(2, 6).map(({ fillRate }) => fillRate);
  rates.forEach((rate, i) => {
    assert.ok(i === 0 || rate >= rates[i - 1]!, String(rates));
  });
  assert.ok(lived.policies[0]!.cost < lived.policies[5]!.cost);
});

test('cadences count their fits, and never is what the study itself does', () => {
  assert.deepEqual(
    lived.cadence.map(({ name, fits }) => [name, fits]),
    [
      ['never', 1],
      ['quarterly', 2],
      ['monthly', 7],
      ['weekly', 25],
    ],
  );
  assert.equal(lived.cadence[0]!.cost, lived.policies[0]!.cost);
});

test('a policy without costs and a short panel are not lived through', () => {
  const orders = byServiceLevel({ fillRate: 0.9, leadTime: 2 });
  assert.equal(liveOrders(smallPanel(), { ...options, orders }), undefined);
  assert.equal(liveOrders(until(smallPanel(), 94), options), undefined);
});

test('series that know too little are named with what stands in their place', () => {
  const whole = smallPanel();
  const change = (place: number, values: Float64Array): Panel['series'][number] => ({
    ...whole.series[place]!,
    values,
  });
  const [own] = [whole.series[3]!.values];
  const series = [
    change(0, new Float64Array(104).fill(Number.NaN)),
    change(
      1,
      own.map((value, i) => (i < 60 ? value : Number.NaN)),
    ),
    change(2, own.slice(0, 80)),
    { ...whole.series[3]!, start: 84, values: own.slice(84) },
    ...whole.series.slice(4),
  ];
  assert.deepEqual(
    shortPasts({ ...whole, series }).map(({ what, series: places }) => [what, places]),
    [
      ['no known value', [0]],
      ['no known value in the last 26 periods', [1]],
      ['an end before the others', [2]],
      ['less than a season of 52 periods', [3]],
    ],
  );
  assert.deepEqual(shortPasts(whole), []);
});
