/** Combinations and paths. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { madePanel } from '../../testing/made-panel.js';
import type { Forecaster } from '../forecaster.js';
import { local } from '../local/local.js';
import { meanOfLast } from '../local/mean-of-last.js';
import { naive } from '../local/naive.js';
import type { Panel } from '../panel/panel.js';
import { until } from '../panel/until.js';
import { mean, median } from './combination.js';
import { usualForecasters } from './usual-forecasters.js';
import { withPaths } from './with-paths.js';

const seed = 1;
const always = (value: number): Forecaster => {
  const fitted = {
    forecast: (horizon: number) => ({ horizon, means: new Float64Array(2 * horizon).fill(value) }),
    update: () => fitted,
  };
  return { name: `always ${value}`, fit: () => fitted };
};
const two = madePanel([
  [1, 2, 3],
  [4, 5, 6],
]);

test('the median is the middle one, or between the middle two; the mean is the mean', () => {
  const of = (what: Forecaster): number => what.fit(two, { seed }).forecast(1).means[1]!;
  assert.equal(of(median([always(1), always(100), always(2)])), 2);
  assert.equal(of(median([always(1), always(100), always(2), always(4)])), 3);
  assert.equal(of(mean([always(1), always(100), always(4)])), 35);
});

test('the usual candidates fit the panel: seasons and articles that sell now and then have models of their own', () => {
  const names = (panel: Panel): string[] => usualForecasters(panel).map(({ name }) => name);
  assert.deepEqual(names(two), ['Theta', 'ETS', 'median of all 2', 'mean of all 2']);
  const rare = madePanel([[0, 3, 0, 0, 3, 0, 3, 0]]);
  assert.deepEqual(names(rare).slice(2, 5), ['SBA', 'TSB', 'mean of last 13']);
  assert.deepEqual(names({ ...two, seasons: [12] }).slice(-4), [
    'median of all 6',
    'mean of all 6',
    'median of the 4 with season',
    'mean of the 4 with season',
  ]);
});

test('fewer than two members, or two of one name, are refused', () => {
  for (const members of [[], [always(1)], [always(1), always(1)]])
    assert.throws(() => median(members), Problem);
});

test('a member of two combinations is fitted once for a panel', () => {
  let fits = 0;
  const counted: Forecaster = {
    name: 'counted',
    fit: (panel, options) => {
      fits++;
      return local(naive()).fit(panel, options);
    },
  };
  mean([counted, always(1)]).fit(two, { seed });
  median([counted, always(2)]).fit(two, { seed });
  assert.equal(fits, 1);
  mean([counted, always(1)]).fit(madePanel([[1, 2]]), { seed });
  assert.equal(fits, 2);
});

test('a combination moves on as its members do', () => {
  const members = [local(naive()), local(meanOfLast(2))];
  const later = mean(members).fit(until(two, 1), { seed }).update(two).forecast(1).means;
  assert.deepEqual(later, Float64Array.of((3 + 2.5) / 2, (6 + 5.5) / 2));
});

/** Walks: what is missed grows with the horizon, and steps miss on the same side. */
const random = seededRandom(9);
const walks = madePanel(
  Array.from({ length: 200 }, (_, i) => {
    let at = 1000;
    return Array.from({ length: 60 }, () => (at += (1 + (i % 5)) * random.normal()));
  }),
);

test('paths spread as the walk does: by step, by series and in sums over steps', () => {
  const [known, horizon, count] = [until(walks, 4), 4, 400];
  const { means, paths } = withPaths(local(naive())).fit(known, { seed }).forecast(horizon);
  const drawn = paths!(count, 3);
  let [inside, sums] = [0, 0];
  const isInside = (values: number[], value: number): boolean => {
    values.sort((a, b) => a - b);
    return values[Math.floor(0.05 * count)]! <= value && value <= values[Math.floor(0.95 * count)]!;
  };
  walks.series.forEach(({ values }, i) => {
    const pathOf = (k: number): Float64Array =>
      drawn.subarray((i * count + k) * horizon, (i * count + k + 1) * horizon);
    const actual = values.slice(-horizon);
    const all = Array.from({ length: count }, (_, k) => pathOf(k));
    if (
      isInside(
        all.map((path) => path[3]!),
        actual[3]!,
      )
    )
      inside++;
    const sumOf = (path: Float64Array): number => path.reduce((sum, value) => sum + value, 0);
    if (isInside(all.map(sumOf), sumOf(actual))) sums++;
  });
  for (const covered of [inside / 200, sums / 200]) assert.ok(covered > 0.85 && covered < 0.95, `${covered}`);
  assert.equal(means.length, 200 * horizon);
});

test('the same seed draws the same paths, and a series draws the same whoever stands beside it', () => {
  const fitted = withPaths(local(naive())).fit(walks, { seed });
  assert.deepEqual(fitted.forecast(2).paths!(5, 1), fitted.forecast(2).paths!(5, 1));
  assert.notDeepEqual(fitted.forecast(2).paths!(5, 1), fitted.forecast(2).paths!(5, 2));
});

test('paths of a panel that counts are whole and never below 0; after an update the errors stay', () => {
  const draw = seededRandom(4);
  const sales = {
    ...madePanel(Array.from({ length: 40 }, () => Array.from({ length: 30 }, () => draw.integer(4)))),
    counts: true,
  };
  const fitted = withPaths(local(meanOfLast(10)))
    .fit(until(sales, 2), { seed })
    .update(sales);
  const paths = fitted.forecast(3).paths!(50, 1);
  assert.ok(paths.every((value) => Number.isInteger(value) && value >= 0));
  assert.ok(new Set(paths).size > 2);
});

test('where nothing ever changes paths are what is expected; a series that began lately draws from the others', () => {
  const zeros = withPaths(local(naive())).fit(madePanel([new Array(30).fill(0), new Array(30).fill(7)]), {
    seed,
  });
  assert.deepEqual(zeros.forecast(2).paths!(2, 1), Float64Array.of(0, 0, 0, 0, 7, 7, 7, 7));
  const late = {
    ...walks,
    series: [
      ...walks.series,
      { ...walks.series[0]!, key: ['late'], start: 57, values: Float64Array.of(5, 9, 7) },
    ],
  };
  const paths = withPaths(local(naive())).fit(late, { seed }).forecast(2).paths!(50, 1).subarray(-100);
  assert.ok(new Set(paths).size > 20);
});

test('a series that came with an update draws from the errors of the others', () => {
  const first = { ...walks, series: walks.series.slice(1) };
  const fitted = withPaths(local(naive())).fit(first, { seed }).update(walks);
  assert.ok(new Set(fitted.forecast(1).paths!(50, 1).subarray(0, 50)).size > 20);
});

test('errors of some series serve all', () => {
  const { paths } = withPaths(local(naive()), { series: 40 }).fit(walks, { seed }).forecast(2);
  const drawn = paths!(60, 1);
  for (const i of [0, 99, 199]) assert.ok(new Set(drawn.subarray(i * 120, (i + 1) * 120)).size > 40);
});

test('a panel too short to have missed anything is refused when paths are wanted', () => {
  const { paths } = withPaths(local(naive()))
    .fit(madePanel([[1, 2, 3, 4]]), { seed })
    .forecast(3);
  assert.throws(() => paths!(10, 1), /nothing/);
});
