/** The global model: learns what series share, looks at nothing from the origin on, and bears odd series. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { categoryColumn, table } from '../../table/table.js';
import type { Panel, Series } from '../panel/panel.js';
import { until } from '../panel/until.js';
import { plainPast } from '../past/past-recipe.js';
import { simulateShop } from '../shop/simulate-shop.js';
import { learnFactors } from './demand-factors.js';
import { demandRows, excessOf, seeDemand } from './demand-rows.js';
import { demandAbove, expectedDemand } from './expected-demand.js';
import { globalBoosting } from './global-boosting.js';

const season = 12;
const small = { horizon: 3, trees: 40, halfLife: 200 };

/** What articles of two groups sell on average in a period: one group sells in summer, the other in winter. */
function truth(article: number, period: number): number {
  const sign = article % 2 === 0 ? 1 : -1;
  return (2 + (article % 5) * 4) * (1 + 0.7 * sign * Math.sin((2 * Math.PI * period) / season));
}

/** Made sales of many articles; a stock-out shows as nothing sold. */
function madePanel({ articles = 40, periods = 60, seed = 1, outOfStock = 0 } = {}): Panel {
  const random = seededRandom(seed);
  const series = Array.from({ length: articles }, (_, article): Series => {
    const values = new Float64Array(periods);
    const available = new Uint8Array(periods).fill(1);
    for (let t = 0; t < periods; t++) {
      const mean = truth(article, t);
      values[t] = Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
      if (random.uniform() < outOfStock) [values[t], available[t]] = [0, 0];
    }
    return { key: [`article ${article}`], start: 0, values, available };
  });
  return {
    periods: { every: 'month', first: '2021-01-01', count: periods },
    ...{ names: ['article'], series, seasons: [season], counts: true, ahead: [] },
    attributes: table([
      categoryColumn(
        'group',
        series.map((_, i) => (i % 2 === 0 ? 'summer' : 'winter')),
      ),
    ]),
  };
}

/** Mean absolute distance from the true means, as a share of their mean. */
function distance(means: Float64Array, periods: number, horizon = 3): number {
  let [off, all] = [0, 0];
  means.forEach((mean, at) => {
    const expected = truth(Math.floor(at / horizon), periods + (at % horizon));
    off += Math.abs(mean - expected);
    all += expected;
  });
  return off / all;
}

test('it learns the season that articles of a group share, and knows how far demand strays', () => {
  const fitted = globalBoosting(small).fit(madePanel(), { seed: 1 });
  const forecasts = fitted.forecast(3);
  assert.ok(distance(forecasts.means, 60) < 0.15, String(distance(forecasts.means, 60)));
  const paths = forecasts.paths!(200, 1);
  let covered = 0;
  for (let article = 0; article < 40; article++)
    for (let step = 0; step < 3; step++) {
      const values = Float64Array.from(
        { length: 200 },
        (_, i) => paths[(article * 200 + i) * 3 + step]!,
      ).sort();
      const mean = truth(article, 60 + step);
      covered += mean >= values[10]! && mean <= values[189]! ? 1 : 0;
    }
  assert.ok(covered >= 110, String(covered));
});

test('periods without stock are demand that is not known, not demand of nothing', () => {
  const forecasts = globalBoosting(small)
    .fit(madePanel({ outOfStock: 0.3 }), { seed: 1 })
    .forecast(3);
  assert.ok(distance(forecasts.means, 60) < 0.2, String(distance(forecasts.means, 60)));
});

test('where stock ran out demand was more than was sold', () => {
  const values = Float64Array.from({ length: 12 }, (_, t) => 8 + (t % 5));
  const panel = madePanel({ articles: 1, periods: 12 });
  const known = (sold: number): number => {
    const own = values.slice();
    own[11] = sold;
    const available = new Uint8Array(12).fill(1);
    available[11] = 0;
    const series = [{ ...panel.series[0]!, values: own, available }];
    return expectedDemand({ ...panel, series }, [new Float64Array(12).fill(1)]).series[0]!.values[11]!;
  };
  assert.ok(Number.isNaN(known(0)));
  assert.ok(known(2) > 9.8 && known(2) < 10);
  assert.ok(known(10) >= 11 && known(10) < 12);
  assert.ok(known(40) === 40);
});

test('demand that varies as much as its mean has no memory: above 3 it is as from 0, and 3 more', () => {
  // A gamma variable whose deviation is its mean is exponential.
  const above = demandAbove(3, { mean: 2, variance: 4, counts: false });
  assert.ok(Math.abs(above.mean - 5) < 0.1, String(above.mean));
  assert.ok(Math.abs(above.variance - 4) < 0.4, String(above.variance));
  assert.deepEqual(demandAbove(3, { mean: 2, variance: 0, counts: false }), { mean: 3, variance: 0 });
});

test('counts above what was sold are those of a negative binomial variable, as sums over all of them say', () => {
  for (const [sold, mean, excess] of [
    [5, 12, 0.1],
    [20, 12, 0.1],
    [0, 0.4, 0.67],
    [1, 3, 0.25],
    [100, 90, 0.05],
  ] as const) {
    // Of so many counts: their probability, one from the other.
    const size = 1 / excess;
    let [chance, tail, first, second] = [(1 + mean / size) ** -size, 0, 0, 0];
    for (let d = 0; d < 1000; d++) {
      if (d > sold) [tail, first, second] = [tail + chance, first + d * chance, second + d * d * chance];
      chance *= ((d + size) / (d + 1)) * (mean / (mean + size));
    }
    const exact = { mean: first / tail, variance: second / tail - (first / tail) ** 2 };
    const above = demandAbove(sold, { mean, variance: mean + excess * mean * mean, counts: true });
    assert.ok(Math.abs(above.mean / exact.mean - 1) < 0.03, `${above.mean}, exactly ${exact.mean}`);
    assert.ok(Math.abs(above.variance - exact.variance) < 2.5 + 0.05 * exact.variance);
  }
});

test('where demand is a season and a growth, forecasts are near the true means', () => {
  const { panel, truth: known } = simulateShop({ seed: 33, articles: 60, weeks: 130 });
  const until117 = until(panel, 13);
  const [ours, best] = [globalBoosting({ horizon: 3 }), known].map(
    (one) => one.fit(until117, { seed: 1 }).forecast(3).means,
  );
  let [off, all] = [0, 0];
  best!.forEach((mean, at) => {
    off += Math.abs(ours![at]! - mean);
    all += mean;
  });
  assert.ok(off / all < 0.18, `${off / all} off`);
});

test('an update moves on without learning anew', () => {
  const panel = madePanel({ periods: 63 });
  const fitted = globalBoosting(small).fit(until(panel, 3), { seed: 1 });
  const updated = fitted.update(panel);
  assert.ok(distance(updated.forecast(3).means, 63) < 0.2);
  assert.deepEqual(updated.update(until(panel, 3)).forecast(3).means, fitted.forecast(3).means);
});

test('changing any value at or after an origin changes no column of it, no forecast and no path', () => {
  const panel = madePanel({ articles: 10 });
  const fitted = globalBoosting({ ...small, trees: 10 }).fit(until(panel, 20), { seed: 1 });
  const factors = learnFactors(until(panel, 20), { pooled: ['group'], seasonal: true });
  const recipe = plainPast(panel);
  const columnsAt = (of: Panel, origin: number): unknown[] => {
    const seen = seeDemand(of, { recipe, factors, horizon: 14 });
    const places = [8, origin].flatMap((position) =>
      [1, 3, 14].flatMap((step) => of.series.map((_, series) => ({ series, position, step }))),
    );
    const list = (field: 'series' | 'position' | 'step'): Int32Array =>
      Int32Array.from(places, (place) => place[field]);
    const rows = demandRows(seen, {
      ...{ series: list('series'), positions: list('position'), steps: list('step') },
    });
    const excess = places.map(({ series, position }) => excessOf(seen.past, series, position));
    return [...rows.matrix.columns, rows.scales, rows.units, excess];
  };
  const change = fc.record({
    origin: fc.integer({ min: 9, max: 59 }),
    article: fc.nat(9),
    later: fc.nat(50),
    value: fc.nat(100),
    stock: fc.constantFrom(0, 1),
  });
  fc.assert(
    fc.property(change, ({ origin, article, later, value, stock }) => {
      const at = Math.min(59, origin + later);
      const series = panel.series.map((one, i) => {
        if (i !== article) return one;
        const [values, available] = [one.values.slice(), one.available!.slice()];
        [values[at], available[at]] = [value, stock];
        return { ...one, values, available };
      });
      const other = { ...panel, series };
      assert.deepEqual(columnsAt(other, origin), columnsAt(panel, origin));
      const back = 60 - origin;
      const [one, two] = [panel, other].map((of) => fitted.update(until(of, back)).forecast(3));
      assert.deepEqual(one!.means, two!.means);
      assert.deepEqual(one!.paths!(10, 1), two!.paths!(10, 1));
    }),
    { numRuns: 40 },
  );
});

test('any number of threads gives the same bits', () => {
  const [one, ...others] = [1, 2, 3, 5, 8].map((threads) =>
    globalBoosting(small).fit(madePanel(), { seed: 3, threads }).forecast(3),
  );
  for (const other of others) {
    assert.deepEqual(one!.means, other.means);
    assert.deepEqual(one!.paths!(20, 1), other.paths!(20, 1));
  }
});

test('odd series are borne: all zeros, nothing known, one value, a late beginning, an early end', () => {
  const panel = madePanel();
  const own = (index: number, part: Partial<Series>): Series => {
    const { available: _, ...one } = panel.series[index]!;
    return { ...one, ...part };
  };
  const series = [
    own(0, { values: new Float64Array(60) }),
    own(1, { values: new Float64Array(60).fill(Number.NaN) }),
    own(2, { start: 59, values: Float64Array.of(7) }),
    own(3, { start: 50, values: panel.series[3]!.values.slice(50) }),
    own(4, { values: panel.series[4]!.values.slice(0, 30) }),
    ...panel.series.slice(5),
  ];
  const forecasts = globalBoosting(small)
    .fit({ ...panel, series }, { seed: 1 })
    .forecast(3);
  assert.ok(forecasts.means.every((mean) => Number.isFinite(mean) && mean >= 0));
  assert.ok(forecasts.means.subarray(0, 6).every((mean) => mean < 0.2));
  assert.ok(forecasts.means[9]! > 1);
  // What ended is forecast from its own end, as every series is.
  forecasts.means.subarray(12, 15).forEach((mean, h) => {
    assert.ok(Math.abs(mean / truth(4, 30 + h) - 1) < 0.4, `${mean}, not ${truth(4, 30 + h)}`);
  });
  assert.ok(forecasts.paths!(50, 1).every(Number.isFinite));
});

test('other losses, few rows and periods without a season', () => {
  const panel = { ...madePanel(), seasons: [] };
  for (const loss of ['squared', { tweedie: 1.3 }] as const) {
    const { means, paths } = globalBoosting({ ...small, loss, mostRows: 1000 })
      .fit(panel, { seed: 1 })
      .forecast(2);
    assert.ok(means.length === 80 && paths !== undefined);
  }
  const fitted = globalBoosting({ ...small, loss: { quantile: 0.9 } }).fit(madePanel(), { seed: 1 });
  const high = fitted.forecast(3);
  assert.equal(high.paths, undefined);
  const above = high.means.filter((value, at) => value > truth(Math.floor(at / 3), 60 + (at % 3))).length;
  assert.ok(above > 90, String(above));
});

test('too few periods, too long a horizon and other series are refused in sentences', () => {
  const refuses = (code: string, run: () => unknown): void =>
    assert.throws(run, (error) => error instanceof Problem && error.issues[0]!.code === code);
  refuses('forecast-too-short', () => globalBoosting(small).fit(madePanel({ periods: 9 }), { seed: 1 }));
  refuses('forecast-bad-setting', () => globalBoosting({ horizon: 0 }));
  const fitted = globalBoosting({ ...small, trees: 5 }).fit(madePanel(), { seed: 1 });
  refuses('forecast-bad-setting', () => fitted.forecast(4));
  refuses('forecast-other-panel', () => fitted.update(madePanel({ articles: 39 })));
});
