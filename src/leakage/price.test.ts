import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { stratifiedFolds } from '../evaluate/protocols/stratified-folds.js';
import { impute } from '../features/impute.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { Problem } from '../problem.js';
import { cleanDataset } from '../testing/clean-data.js';
import { plantLeak } from '../testing/planted-leaks.js';
import { asIfKnown } from './counterfactual.js';
import { priceLeakage } from './price.js';
import { ROW_INDEX } from './subject.js';

const protocol = stratifiedFolds({ folds: 3 });

test('a late column has its price, an idle one none, on the same rows', () => {
  const { dataset } = plantLeak('declared late', 1);
  const before = JSON.stringify(dataset.schema);
  const { prices } = priceLeakage(dataset, { protocol, suspects: ['minutes', 'income'] });
  const [minutes, income] = [prices[0]!, prices[1]!];
  assert.ok(minutes.difference.low > 0);
  assert.ok(minutes.with.value > minutes.without.value + 0.05);
  assert.ok(income.difference.low < 0.01 && income.difference.high > -0.01);
  assert.equal(income.with.value, minutes.without.value, 'what the schema allows is the same for both');
  for (const price of prices) {
    assert.ok(Math.abs(price.with.value - price.without.value - price.difference.value) < 1e-12);
  }
  assert.equal(JSON.stringify(dataset.schema), before);
});

for (const [target, metric] of [
  ['yesNo', 'AUC'],
  ['number', 'R²'],
  ['category', 'AUC one-vs-rest'],
] as const) {
  test(`${target}: a late column has its price in ${metric}`, () => {
    const { dataset } = plantLeak('declared late', 1, target);
    const price = priceLeakage(dataset, { protocol, suspects: ['minutes', 'income'] });
    assert.equal(price.metric, metric);
    const [minutes, income] = price.prices.map(({ difference }) => difference);
    assert.ok(minutes!.low > 0.02, `${minutes!.low}`);
    assert.ok(income!.low < 0.01 && income!.high > -0.01);
  });
}

test('by default the suspects are the late columns and the row index, which tells where rows are sorted', () => {
  const { dataset } = plantLeak('rows in telling order', 0);
  const { prices } = priceLeakage(dataset, { protocol });
  assert.deepEqual(
    prices.map(({ suspect }) => suspect),
    [ROW_INDEX],
  );
  assert.ok(prices[0]!.with.value > 0.99);
  const late = plantLeak('declared late', 0).dataset;
  assert.deepEqual(
    priceLeakage(late, { protocol }).prices.map(({ suspect }) => suspect),
    ['minutes', ROW_INDEX],
  );
});

test('the recipe is asked for with each schema, and may refuse', () => {
  const { dataset } = plantLeak('declared late', 1);
  const asked: string[] = [];
  priceLeakage(dataset, {
    protocol,
    suspects: ['minutes'],
    recipe: (schema) => {
      asked.push(schema.before.includes('minutes') ? 'with' : 'without');
      return features(schema, [
        scale(impute(schema.before.includes('minutes') ? ['age', 'minutes'] : ['age'])),
      ]);
    },
  });
  assert.deepEqual(asked, ['without', 'with']);
  const careless = (): unknown =>
    priceLeakage(dataset, { protocol, recipe: (schema) => features(schema, [scale('minutes')]) });
  assert.throws(
    careless,
    (error) => error instanceof Problem && error.issues[0]!.code === 'features-late-column',
  );
});

test('prices are the same bits twice, go to 1 in progress, turn into JSON and print as a table', () => {
  const { dataset } = plantLeak('declared late', 2);
  const shares: number[] = [];
  const once = priceLeakage(dataset, { protocol, seed: 4, onProgress: (share) => shares.push(share) });
  const twice = priceLeakage(dataset, { protocol, seed: 4 });
  assert.deepEqual(JSON.parse(JSON.stringify(once)), JSON.parse(JSON.stringify(twice)));
  assert.ok(Math.abs(shares[shares.length - 1]! - 1) < 1e-12);
  assert.deepEqual(
    shares,
    [...shares].sort((a, b) => a - b),
  );
  const lines = inspect(once).split('\n');
  assert.match(lines[0]!, /^The price of leakage: AUC of logistic on made\.csv, /);
  assert.match(lines[3]!, /^minutes +\.\d{3} +\.\d{3} +\+\.\d{3} +\.\d{3} to \.\d{3}$/);
});

test('a suspect that is not there is refused', () => {
  const dataset = cleanDataset(1, { rows: 100 });
  assert.throws(() => priceLeakage(dataset, { protocol, suspects: ['nothing'] }), Problem);
});

test('a column taken for known is still late in the dataset it came from', () => {
  const { dataset } = plantLeak('declared late', 1);
  assert.ok(asIfKnown(dataset, 'minutes').schema.before.includes('minutes'));
  assert.deepEqual(dataset.schema.late, ['minutes']);
  assert.equal(asIfKnown(dataset, ROW_INDEX).table.numbers(ROW_INDEX)[7], 7);
  assert.ok(!dataset.table.has(ROW_INDEX));
});
