import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { until } from '../panel/until.js';
import { drawNegativeBinomial, drawPoisson } from './draws.js';
import { simulateShop } from './simulate-shop.js';

/** Mean and variance of so many draws. */
function moments(draw: () => number, count = 40_000): { mean: number; variance: number } {
  const values = Float64Array.from({ length: count }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count };
}

test('draws have the mean and the variance that they claim', () => {
  const random = seededRandom(5);
  for (const mean of [0.2, 4, 75]) {
    const poisson = moments(() => drawPoisson(random, mean));
    assert.ok(Math.abs(poisson.mean / mean - 1) < 0.03, `${poisson.mean} for ${mean}`);
    assert.ok(Math.abs(poisson.variance / mean - 1) < 0.05, `${poisson.variance} for ${mean}`);
    for (const size of [0.4, 3]) {
      const drawn = moments(() => drawNegativeBinomial(random, { mean, size }));
      assert.ok(Math.abs(drawn.mean / mean - 1) < 0.05, `${drawn.mean} for ${mean}`);
      assert.ok(
        Math.abs(drawn.variance / (mean + mean ** 2 / size) - 1) < 0.12,
        `${drawn.variance} for ${mean}`,
      );
    }
  }
  assert.equal(drawPoisson(random, 0), 0);
});

const shop = simulateShop({ seed: 4, articles: 60, weeks: 130 });

test('a seed gives one shop, another seed another, and more articles leave the first as they are', () => {
  const again = simulateShop({ seed: 4, articles: 60, weeks: 130 });
  assert.deepEqual(again.panel.series, shop.panel.series);
  assert.deepEqual(again.demand, shop.demand);
  const first = simulateShop({ seed: 4, articles: 30, weeks: 130 }).panel.series;
  assert.deepEqual(first, shop.panel.series.slice(0, 30));
  assert.notDeepEqual(simulateShop({ seed: 5, articles: 60, weeks: 130 }).demand, shop.demand);
});

test('the shop has what is hard: stock-outs that hide demand, rare articles, late beginnings and early ends', () => {
  const { panel, demand } = shop;
  let [hidden, out, zeros, all] = [0, 0, 0, 0];
  panel.series.forEach(({ values, start, available }, i) => {
    values.forEach((sold, k) => {
      const wanted = demand[i * 130 + start + k]!;
      assert.ok(sold <= wanted);
      assert.equal(available![k] === 0, sold < wanted);
      hidden += wanted - sold;
      all += wanted;
      if (available![k] === 0) out++;
      if (sold === 0) zeros++;
    });
  });
  const cells = panel.series.reduce((sum, { values }) => sum + values.length, 0);
  assert.ok(hidden / all > 0.005 && hidden / all < 0.2, `${hidden / all} of demand is hidden`);
  assert.ok(out / cells > 0.01 && zeros / cells > 0.1, `${out / cells} out, ${zeros / cells} zeros`);
  assert.ok(panel.series.some(({ start }) => start > 0));
  assert.ok(panel.series.some(({ start, values }) => start + values.length < 130));
  assert.equal(panel.counts, true);
  assert.ok(panel.ahead[0]!.reach === 156);
});

test('without stock-outs everything wanted is sold', () => {
  const { panel, demand } = simulateShop({ seed: 4, articles: 6, weeks: 60, stockOuts: false });
  panel.series.forEach(({ values, start }, i) => {
    assert.deepEqual(values, demand.slice(i * 60 + start, i * 60 + start + values.length));
  });
});

test('who knows the distribution is right on average, and its paths spread as demand does', () => {
  const { panel, demand, truth } = simulateShop({ seed: 9, articles: 300, weeks: 60, stockOuts: false });
  const forecasts = truth.fit(until(panel, 8), { seed: 1 }).forecast(8);
  const paths = forecasts.paths!(40, 3);
  let [expected, came, inside, count] = [0, 0, 0, 0];
  panel.series.forEach(({ start, values }, s) => {
    if (start + values.length < 60 || start >= 52) return;
    for (let h = 0; h < 8; h++) {
      const value = demand[s * 60 + 52 + h]!;
      expected += forecasts.means[s * 8 + h]!;
      came += value;
      const drawn = Array.from({ length: 40 }, (_, p) => paths[(s * 40 + p) * 8 + h]!).sort((a, b) => a - b);
      if (value >= drawn[2]! && value <= drawn[37]!) inside++;
      count++;
    }
  });
  assert.ok(Math.abs(came / expected - 1) < 0.05, `${came} came, ${expected} were expected`);
  assert.ok(inside / count > 0.86, `${inside / count} inside`);
});

test('the plan ends half a year after the panel', () => {
  assert.equal(shop.truth.fit(shop.panel, { seed: 1 }).forecast(13).means.length, 60 * 13);
  assert.throws(() => shop.truth.fit(shop.panel, { seed: 1 }).forecast(27), Problem);
  assert.throws(() => simulateShop({ seed: 1, articles: 0 }), Problem);
});
