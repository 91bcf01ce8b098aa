/** Metrics against frozen values of utilsforecast, and over many series by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from '../../testing/fixture.js';
import { scaledCrps, seriesCoverage, seriesPinball } from './distribution-scores.js';
import type { ForecastCase, ForecastMetric } from './metric.js';
import { owa } from './owa.js';
import { bias, seriesWape, smape } from './percentage-errors.js';
import { mase, rmsse } from './scaled-errors.js';

const outside = fixture<{
  season: number;
  cases: {
    name: string;
    past: number[];
    actual: number[];
    means: number[];
    paths: number[][];
    scores: Record<string, number>;
  }[];
}>('forecast/fixtures/accuracy.json');

const cases = outside.cases.map(
  ({ past, actual, means, paths }): ForecastCase => ({
    past: Float64Array.from(past),
    season: outside.season,
    actual: Float64Array.from(actual),
    means: Float64Array.from(means),
    sorted: Float64Array.from(
      actual.flatMap((_, step) => paths.map((path) => path[step]!).sort((a, b) => a - b)),
    ),
  }),
);

const scoreOf = (metric: ForecastMetric, of: readonly ForecastCase[]): number => {
  const parts = of.flatMap((one) => [metric.measure(one)].filter((part) => part !== undefined));
  return metric.combine(
    Float64Array.from(parts[0]!, (_, j) => parts.reduce((sum, part) => sum + part[j]!, 0)),
  );
};
const close = (got: number, expected: number, what: string): void =>
  assert.ok(
    Math.abs(got - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${got}, not ${expected}`,
  );

for (const metric of [
  mase(),
  rmsse(),
  smape(),
  seriesWape(),
  bias(),
  seriesPinball(0.9),
  scaledCrps(),
  seriesCoverage(),
])
  test(`${metric.name} of one series is what utilsforecast says`, () => {
    for (const [i, { name, scores }] of outside.cases.entries())
      close(scoreOf(metric, [cases[i]!]), scores[metric.name]!, `${metric.name} of "${name}"`);
  });

test('MASE, RMSSE and sMAPE are means over series; WAPE weighs series by what came', () => {
  const [first, second] = outside.cases;
  for (const metric of [mase(), rmsse(), smape()]) {
    const expected = (first!.scores[metric.name]! + second!.scores[metric.name]!) / 2;
    close(scoreOf(metric, cases.slice(0, 2)), expected, metric.name);
  }
  const sizes = [first!, second!].map(({ actual }) =>
    actual.reduce((sum, value) => sum + Math.abs(value), 0),
  );
  const expected =
    (first!.scores.WAPE! * sizes[0]! + second!.scores.WAPE! * sizes[1]!) / (sizes[0]! + sizes[1]!);
  close(scoreOf(seriesWape(), cases.slice(0, 2)), expected, 'WAPE');
});

test('OWA of Naive2 itself is 1', () => {
  const last = cases.map((one) => ({ ...one, means: one.means.map(() => one.past.at(-1)!) }));
  close(scoreOf(owa({ season: 1 }), last), 1, 'OWA');
  assert.ok(scoreOf(owa(), cases) > 0);
});

test('what nobody knows is no error, and a past that never changes has no scale', () => {
  const one = cases[0]!;
  const gap = { ...one, actual: one.actual.map((value, i) => (i === 2 ? Number.NaN : value)) };
  const without = {
    ...one,
    actual: one.actual.filter((_, i) => i !== 2),
    means: one.means.filter((_, i) => i !== 2),
  };
  for (const metric of [mase(), rmsse(), smape(), seriesWape(), bias()])
    close(scoreOf(metric, [gap]), scoreOf(metric, [without]), metric.name);
  const nothing = { ...one, actual: one.actual.map(() => Number.NaN) };
  for (const metric of [mase(), smape(), seriesWape(), seriesPinball(0.5), seriesCoverage(), owa()])
    assert.equal(metric.measure(nothing), undefined, metric.name);
  assert.equal(mase().measure({ ...one, past: new Float64Array(20).fill(3) }), undefined);
});

test('a ranking takes the size of a bias, and how far a coverage is from what was wanted', () => {
  assert.equal(bias().loss!(-3), 3);
  assert.equal(seriesCoverage({ level: 0.9 }).loss!(85), 5);
});
