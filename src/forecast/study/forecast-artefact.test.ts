/** Kept forecasts come back as they were, and nothing that was altered is believed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonReader } from '../../json.js';
import { Problem } from '../../problem.js';
import { smallForecastStudy, smallForecasts, smallPanel } from '../../testing/small-forecasts.js';
import { byServiceLevel } from '../stock/by-service-level.js';
import { orderPolicyFromJson, orderPolicyToJson } from '../stock/order-policy-from-json.js';
import { forecastOf, isForecast, orderCosts, orderOf, seriesAt } from './answers.js';
import { fanChart } from './fan-chart.js';
import { readForecastArtefact } from './forecast-artefact.js';
import { defineForecastStudy } from './forecast-study.js';
import { runForecastStudy } from './run-forecast-study.js';

const files = smallForecasts();
const kept = readForecastArtefact(files);

test('equal runs give equal bytes, and reading gives the forecasts that the run made', () => {
  assert.equal(smallForecasts().version, files.version);
  const { parts, race, chosen } = runForecastStudy(smallForecastStudy, smallPanel(), {
    threads: 2,
    program: 'alambique test',
  });
  assert.deepEqual(kept.means, parts.means);
  assert.deepEqual(kept.paths, parts.paths);
  assert.deepEqual(kept.past, parts.past);
  assert.equal(chosen, race.rows[0]!.name);
  assert.equal(kept.golden.length, 6);
  assert.deepEqual(kept.periods.slice(0, 2), ['2025-12-29', '2026-01-05']);
});

test('quantiles rise, the mean lies between them, and the order follows the stock and the column of its costs', () => {
  const series = seriesAt(kept, ['3', 'black']);
  const { q05, q25, q50, q75, q95, mean } = forecastOf(kept, series);
  for (let i = 0; i < 6; i++) {
    assert.ok(q05[i]! <= q25[i]! && q25[i]! <= q50[i]! && q50[i]! <= q75[i]! && q75[i]! <= q95[i]!);
    assert.ok(mean[i]! >= q05[i]! && mean[i]! <= q95[i]!);
  }
  const none = orderOf(kept, series, { onHand: 0, onOrder: [] });
  const full = orderOf(kept, series, { onHand: none.high, onOrder: [] });
  assert.ok(none.order > 0 && full.order < none.order);
  assert.match(none.reason, /^Stock 0, on the way 0\. .* Order \d+\.$/);
  // Shop 1 holds stock for a third of the cost, so it may keep more of what it would sell in the same way.
  const cheap = { ...kept, columns: { holding: kept.columns.holding!.map(() => 0.01) } };
  assert.ok(orderOf(cheap, series, { onHand: 0, onOrder: [] }).order > none.order);
  const costs = orderCosts(kept, series, {
    onHand: 0,
    onOrder: [],
    orders: [0, none.order, 4 * none.order],
  })!;
  assert.ok(costs[1]! < costs[0]! && costs[1]! < costs[2]!);
});

test('a series that has not begun is kept and has no forecast', () => {
  const panel = smallPanel();
  const unopened = { ...panel.series[0]!, values: new Float64Array(104).fill(Number.NaN) };
  const other = readForecastArtefact(
    smallForecasts({ ...panel, series: [unopened, ...panel.series.slice(1)] }),
  );
  assert.equal(isForecast(other, 0), false);
  assert.equal(isForecast(other, 1), true);
  assert.ok(other.golden.every(({ series }) => series !== 0));
  assert.match(fanChart(other, 0), /nothing is known of this series yet/);
});

test('a bit that was changed, a file too many and a missing one are refused', () => {
  const altered = (change: (files: Map<string, Uint8Array>) => void): void => {
    const copy = new Map([...files.files].map(([name, bytes]) => [name, bytes.slice()]));
    change(copy);
    assert.throws(
      () => readForecastArtefact({ ...files, files: copy }),
      (error) => error instanceof Problem && error.issues[0]!.code === 'artefact-altered',
    );
  };
  altered((copy) => {
    copy.get('paths.bin')![9]! ^= 1;
  });
  altered((copy) => copy.set('more.bin', new Uint8Array(1)));
  altered((copy) => copy.delete('means.bin'));
});

test('the policies of orders come back from JSON', () => {
  for (const policy of [
    smallForecastStudy.orders!,
    byServiceLevel({ fillRate: 0.9, leadTime: 2, pack: 6, backorders: true }),
  ]) {
    const json = JSON.parse(JSON.stringify(orderPolicyToJson(policy)));
    const again = orderPolicyFromJson(new JsonReader(json));
    assert.deepEqual([again.name, again.params], [policy.name, policy.params]);
  }
});

test('a study that cannot be run is refused with everything that is wrong with it', () => {
  const spec = { ...smallForecastStudy, name: 'Tea', candidates: [], horizon: 0 };
  assert.throws(
    () => defineForecastStudy(spec),
    (error) =>
      error instanceof Problem &&
      error.issues.map(({ code }) => code).join() === 'study-name,study-no-candidates,study-horizon',
  );
  const { attributes, ...panel } = smallPanel();
  assert.throws(
    () =>
      runForecastStudy(
        smallForecastStudy,
        { ...panel, attributes: attributes.pick([]) },
        { threads: 1, program: 'alambique test' },
      ),
    /names the column "holding", which the series do not have/,
  );
});
