/** Factors of demand: seasons and promotions found again, what few sales lean on, and where nothing is learned. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../random.js';
import { categoryColumn, table } from '../../table/table.js';
import type { Panel, Series } from '../panel/panel.js';
import { drawPoisson } from '../shop/draws.js';
import { learnFactors } from './demand-factors.js';
import { invertPositive } from './invert-positive.js';

const season = 12;
const lift = 1.8;

/** What an article sells beside its mean: half of them in summer, half in winter, all of them more when promoted. */
function truth(article: number, place: number, promoted: number): number {
  const wave = Math.cos((2 * Math.PI * place) / season + (article % 2 === 0 ? 0 : Math.PI));
  return Math.exp(0.5 * wave) * (promoted === 1 ? lift : 1);
}

function madePanel({ articles = 30, periods = 60, level = 6 } = {}): Panel {
  const random = seededRandom(3);
  const reach = periods + 6;
  const promotion = Float64Array.from({ length: articles * reach }, () => (random.uniform() < 0.1 ? 1 : 0));
  const series = Array.from({ length: articles }, (_, article): Series => {
    const values = Float64Array.from({ length: periods }, (_, place) =>
      drawPoisson(random, level * truth(article, place, promotion[article * reach + place]!)),
    );
    return { key: [`article ${article}`], start: 0, values };
  });
  return {
    periods: { every: 'month', first: '2021-01-01', count: periods },
    ...{ names: ['article'], series, seasons: [season], counts: true },
    attributes: table([
      categoryColumn(
        'sells',
        series.map((_, i) => (i % 2 === 0 ? 'in summer' : 'in winter')),
      ),
    ]),
    ahead: [{ name: 'promotion', values: promotion, reach }],
  };
}

/** How far factors are from the true ones, in logarithms: the root of the mean square, once the level is taken out. */
function distance(panel: Panel, pooled: readonly string[], beyond = 6): number {
  const { values, reach } = panel.ahead[0]!;
  const found = learnFactors(panel, { pooled: pooled, seasonal: true }).of(panel, beyond);
  let [squares, count] = [0, 0];
  found.forEach((factors, s) => {
    const off = factors.map((factor, place) =>
      Math.log(factor / truth(s, place, values[s * reach + place]!)),
    );
    const mean = off.reduce((sum, value) => sum + value, 0) / off.length;
    for (const value of off) squares += (value - mean) ** 2;
    count += off.length;
  });
  return Math.sqrt(squares / count);
}

test('seasons and promotions that made the demand are found again, beyond the end as well', () => {
  assert.ok(distance(madePanel(), ['sells']) < 0.1, String(distance(madePanel(), ['sells'])));
});

test('where articles sell little, those that share a text help each other', () => {
  const rare = madePanel({ level: 0.4 });
  const [alone, together] = [distance(rare, []), distance(rare, ['sells'])];
  assert.ok(together < 0.25 && together < 0.8 * alone, `${together}, alone ${alone}`);
});

test('a new article takes the season of its group', () => {
  const panel = madePanel();
  const fresh: Series = { key: ['new'], start: 58, values: Float64Array.of(4, 3) };
  const { values, reach } = panel.ahead[0]!;
  const longer: Panel = {
    ...panel,
    series: [...panel.series, fresh],
    attributes: table([
      categoryColumn('sells', [
        ...panel.series.map((_, i) => (i % 2 === 0 ? 'in summer' : 'in winter')),
        'in summer',
      ]),
    ]),
    ahead: [
      {
        name: 'promotion',
        reach,
        values: Float64Array.from({ length: 31 * reach }, (_, i) => values[i] ?? 0),
      },
    ],
  };
  const factors = learnFactors(longer, { pooled: ['sells'], seasonal: true })
    .of(longer, 6)
    .at(-1)!;
  assert.equal(factors.length, 8);
  factors.forEach((factor, i) => {
    assert.ok(Math.abs(Math.log(factor / truth(0, 58 + i, 0))) < 0.15, `${factor} in ${i}`);
  });
});

test('nothing is learned of a season that was hardly seen, nor where values are below 0', () => {
  const short = { ...madePanel({ periods: 14 }), ahead: [] };
  const below = madePanel();
  below.series[0]!.values[3] = -1;
  for (const panel of [short, below, { ...madePanel(), seasons: [], ahead: [] }])
    assert.ok(
      learnFactors(panel, { pooled: [], seasonal: true })
        .of(panel, 3)
        .every((factors) => factors.every((factor) => factor === 1)),
    );
});

test('texts known ahead have a factor each, and one that was never seen has none', () => {
  const panel = madePanel();
  const { values, reach } = panel.ahead[0]!;
  const named = (levels: readonly string[], codes: Float64Array): Panel => ({
    ...panel,
    ahead: [{ name: 'week', reach, levels, values: codes }],
  });
  const learned = learnFactors(named(['plain', 'fair'], values), { pooled: ['sells'], seasonal: true });
  const renamed = named(
    ['fair', 'plain', 'strike'],
    values.map((value) => 1 - value),
  );
  assert.deepEqual(learned.of(renamed, 6), learned.of(named(['plain', 'fair'], values), 6));
  const strike = learned.of(
    named(
      ['fair', 'plain', 'strike'],
      values.map(() => 2),
    ),
    0,
  )[0]!;
  const plain = learned.of(
    named(
      ['plain', 'fair'],
      values.map(() => 0),
    ),
    0,
  )[0]!;
  assert.deepEqual(strike, plain);
});

test('the inverse of a positive matrix is its inverse', () => {
  const matrix = Float64Array.of(4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2);
  const inverse = invertPositive(matrix.slice(), 3);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += matrix[3 * i + k]! * inverse[3 * k + j]!;
      assert.ok(Math.abs(sum - (i === j ? 1 : 0)) < 1e-12);
    }
});
