/** Races of forecasters: the leader leads, baselines are always there, failures are named. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { madePanel } from '../../testing/made-panel.js';
import { withPaths } from '../combine/with-paths.js';
import type { Forecaster } from '../forecaster.js';
import { ets } from '../local/ets.js';
import { local } from '../local/local.js';
import { meanOfLast } from '../local/mean-of-last.js';
import { bestForecaster } from './best-forecaster.js';
import { seriesCoverage } from './distribution-scores.js';
import { owa } from './owa.js';
import { seriesWape } from './percentage-errors.js';
import { raceForecasters } from './race-forecasters.js';
import { rollingOrigin } from './rolling-origin.js';
import { mase } from './scaled-errors.js';

/** Noise about a level of its own: the mean of many periods is the best forecast. */
const random = seededRandom(5);
const levels = madePanel(
  Array.from({ length: 30 }, (_, i) => Array.from({ length: 40 }, () => 20 + i + 4 * random.normal())),
);
const failing: Forecaster = {
  name: 'none',
  fit: () => {
    throw new Problem({ code: 'no-luck', what: 'it cannot be fitted' });
  },
};
const options = {
  candidates: [local(meanOfLast(20)), local(meanOfLast(3)), failing],
  protocol: rollingOrigin({ horizon: 3 }),
  metrics: [mase(), seriesWape()],
  seed: 2,
};
const race = raceForecasters(levels, options);

test('candidates stand best first, with naive among them, and those that fail beside', () => {
  assert.deepEqual(race.ranking(), ['mean of last 20', 'mean of last 3', 'naive']);
  assert.deepEqual(race.failures, [{ name: 'none', why: '"none" failed: It cannot be fitted.' }]);
  assert.equal(race.best().name, 'mean of last 20');
  assert.equal(bestForecaster(levels, options).forecaster, options.candidates[0]);
});

test('intervals hold their value, and a paired difference is surer than two intervals', () => {
  const { value, low, high } = race.estimate('naive', 'WAPE');
  assert.ok(low < value && value < high);
  const difference = race.difference('mean of last 20', 'naive');
  const [a, b] = [race.estimate('mean of last 20'), race.estimate('naive')];
  assert.ok(Math.abs(difference.value - (a.value - b.value)) < 1e-12);
  assert.ok(difference.high < 0);
});

test('the same seed gives the same race', () => {
  assert.deepEqual(raceForecasters(levels, options).rows, race.rows);
});

test('a race shows itself with its protocol, its intervals and its failures', () => {
  const text = inspect(race);
  assert.match(text, /forecaster +MASE +WAPE/);
  assert.match(text, /In brackets: 95 % intervals, from resampling the 30 series\./);
  assert.match(text, /"none" failed: It cannot be fitted\./);
});

test('a series that had not begun at an origin says nothing there, by any metric', () => {
  const late = { ...levels.series[0]!, start: 36, values: Float64Array.of(9, 9, 9, 9) };
  const panel = { ...levels, series: [...levels.series.slice(1), late] };
  const metrics = [owa(), mase(), seriesWape()];
  const { rows, failures } = raceForecasters(panel, {
    ...options,
    candidates: [local(meanOfLast(20))],
    metrics,
  });
  assert.deepEqual(failures, []);
  for (const { value } of Object.values(rows[0]!.scores)) assert.ok(Number.isFinite(value));
});

test('segments divide the series, and their values make the whole', () => {
  const scores = race.bySegment('naive');
  assert.deepEqual(
    scores.map(({ series }) => series),
    [30, 0, 0, 0],
  );
  assert.equal(scores[0]!.value, race.estimate('naive').value);
});

test('distributions are judged where a forecaster gives paths; without paths intervals have no width', () => {
  const { rows } = raceForecasters(levels, {
    ...options,
    candidates: [withPaths(local(ets()))],
    metrics: [seriesCoverage()],
  });
  const [first, last] = rows;
  assert.equal(first!.name, 'ETS');
  const covered = first!.scores['coverage of 90 %']!.value;
  assert.ok(covered > 82 && covered < 97, `${covered}`);
  assert.equal(last!.scores['coverage of 90 %']!.value, 0);
});

test('two candidates of one name, names that are not there, and nothing but failures are refused', () => {
  const code = (expected: string) => (error: unknown) =>
    error instanceof Problem && error.issues[0]!.code === expected;
  const twice = { ...options, candidates: [failing, failing] };
  assert.throws(() => raceForecasters(levels, twice), code('forecast-bad-setting'));
  assert.throws(() => race.estimate('lucky'), code('forecast-unknown-name'));
  assert.throws(() => race.ranking('luck'), code('forecast-unknown-name'));
  const none = { ...options, candidates: [{ ...failing, name: 'naive' }] };
  assert.throws(() => raceForecasters(levels, none), code('forecast-none-judged'));
});
