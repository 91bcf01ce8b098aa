import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { numberColumn, table } from '../table/table.js';
import { frozenSteps } from '../testing/sklearn-steps.js';
import { type ImputeOptions, impute } from './impute.js';
import { numbersOf } from './mapping.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(impute(['age', 'balance'], { with: 'median' }));
checkStep(impute('balance', { with: 'mean', flag: false }));

function imputed(values: readonly (number | null)[], options: ImputeOptions): number[][] {
  const { outputs } = impute('x', options).fit(
    table([numberColumn('x', values)]),
    madeContext(values.length),
  );
  return outputs.map((feature) => [...numbersOf(feature)]);
}

test('impute fills with the median and mean of SimpleImputer', () => {
  const { holes, median, mean } = frozenSteps();
  const hole = holes.indexOf(null);
  assert.equal(imputed(holes, {})[0]![hole], median);
  assert.ok(Math.abs(imputed(holes, { with: 'mean' })[0]![hole]! - mean) < 1e-12);
});

test('impute flags what it filled, and fills with a number it is given', () => {
  assert.deepEqual(imputed([1, null, 3], { with: -1 }), [
    [1, -1, 3],
    [0, 1, 0],
  ]);
  assert.deepEqual(imputed([1, null, 3], { with: -1, flag: false }), [[1, -1, 3]]);
});

test('impute fills a column that is missing everywhere with 0', () => {
  assert.deepEqual(imputed([null, null], {}), [
    [0, 0],
    [1, 1],
  ]);
});

test('impute refuses to fill with what is not a number', () => {
  assert.throws(() => impute('x', { with: Number.NaN }), Problem);
});
