/** A local model over a panel: each series alone, what is not known left out, and moved on without learning. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../problem.js';
import { madePanel } from '../../testing/made-panel.js';
import type { Panel } from '../panel/panel.js';
import { until } from '../panel/until.js';
import { ets } from './ets.js';
import { local } from './local.js';
import type { LocalModel } from './local-model.js';
import { meanOfLast } from './mean-of-last.js';
import { naive, seasonalNaive } from './naive.js';

const seed = 1;

test('each series is forecast from its own past alone, in the order of the panel', () => {
  const panel = madePanel([
    [1, 2, 3],
    [10, 20, 30, 40],
  ]);
  const { means, horizon } = local(naive()).fit(panel, { seed }).forecast(2);
  assert.equal(horizon, 2);
  assert.deepEqual(means, Float64Array.of(3, 3, 40, 40));
});

test("the season is the panel's shortest, or the one that is named", () => {
  const panel: Panel = { ...madePanel([[1, 2, 3, 4, 5, 6]]), seasons: [2, 3] };
  assert.deepEqual(local(seasonalNaive()).fit(panel, { seed }).forecast(2).means, Float64Array.of(5, 6));
  const three = local(seasonalNaive(), { season: 3 });
  assert.deepEqual(three.fit(panel, { seed }).forecast(2).means, Float64Array.of(4, 5));
  assert.equal(three.name, 'seasonal naive (3)');
});

test('sales of a period without stock say nothing of demand', () => {
  const panel = madePanel([[4, 4, 0, 0]]);
  const [series] = panel.series;
  const short = { ...panel, series: [{ ...series!, available: Uint8Array.of(1, 1, 0, 0) }] };
  assert.deepEqual(local(meanOfLast(4)).fit(short, { seed }).forecast(1).means, Float64Array.of(4));
  const never = { ...panel, series: [{ ...series!, available: new Uint8Array(4) }] };
  assert.deepEqual(local(meanOfLast(4)).fit(never, { seed }).forecast(1).means, Float64Array.of(2));
});

test('a panel that counts is never forecast below 0', () => {
  const falling = madePanel([[40, 35, 30, 25, 20, 15, 10, 5, 1]]);
  assert.ok(
    local(ets())
      .fit(falling, { seed })
      .forecast(9)
      .means.some((value) => value < 0),
  );
  const counted = local(ets())
    .fit({ ...falling, counts: true }, { seed })
    .forecast(9).means;
  assert.ok(counted.every((value) => value >= 0));
});

test('a series without a known value is forecast as not known, and learned when it has begun', () => {
  const whole = madePanel([
    [1, 2, 3],
    [Number.NaN, Number.NaN, 7],
  ]);
  const early = local(naive()).fit(until(whole, 1), { seed });
  assert.deepEqual(early.forecast(1).means, Float64Array.of(2, Number.NaN));
  assert.deepEqual(early.update(whole).forecast(1).means, Float64Array.of(3, 7));
});

test('what comes later moves the state, series by series, wherever they stand', () => {
  const whole = madePanel([
    [5, 6, 7, 8, 9, 10, 9, 8, 9],
    [2, 2, 4, 2, 2, 4, 2, 3, 3],
  ]);
  const early = local(ets()).fit(until(whole, 3), { seed });
  const model = ets().fit(whole.series[1]!.values.slice(0, 6)).update(whole.series[1]!.values.slice(6));
  const turned = { ...whole, series: [whole.series[1]!, whole.series[0]!] };
  assert.deepEqual(early.update(turned).forecast(2).means.subarray(0, 2), model.forecast(2));
});

test('a model that fails names its series', () => {
  const failing: LocalModel = {
    name: 'picky',
    fit: () => {
      throw new Problem({ code: 'too-short', what: 'it is too short' });
    },
  };
  assert.throws(
    () => local(failing).fit(madePanel([[1]]), { seed }),
    /[Pp]icky of series "0": it is too short/,
  );
});
