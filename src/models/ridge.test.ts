import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Feature, Matrix } from '../table/matrix.js';
import { fixture } from '../testing/fixture.js';
import { matrixOf } from '../testing/matrix-of.js';
import { checkLearner } from './learner-checks.js';
import { ridge } from './ridge.js';

checkLearner(ridge(), { weightsAreCopies: true, columnOrderIsFree: true, explains: true });
checkLearner(ridge({ l2: 0 }), { weightsAreCopies: true, explains: true });

interface Fitted {
  l2: number;
  coefficients: number[];
  intercept: number;
}
const { rows } = fixture<{
  rows: { numbers: number[][]; codes: number[][]; levels: number[]; weights: number[] };
}>('models/fixtures/models.json');
const frozen = fixture<{
  targets: number[];
  ridge: Record<'plain' | 'weak' | 'weighted', Fitted>;
  leastSquares: number[];
}>('models/fixtures/other-targets.json');

const numbers = matrixOf(rows.numbers);
const categories = rows.levels.map((levels, j): Feature => {
  return { kind: 'category', levels, codes: Int32Array.from(rows.codes, (row) => row[j]!) };
});
const mixed: Matrix = { ...numbers, columns: [...numbers.columns, ...categories] };
const targets = Float64Array.from(frozen.targets);

for (const [which, expected] of Object.entries(frozen.ridge)) {
  test(`ridge finds scikit-learn's coefficients to 1e-6 (${which})`, () => {
    const weights = which === 'weighted' ? Float64Array.from(rows.weights) : undefined;
    const model = ridge({ l2: expected.l2 }).fit(mixed, targets, { seed: 1, ...(weights && { weights }) });
    const { coefficients, intercept } = model.toJSON() as unknown as Fitted;
    [...expected.coefficients, expected.intercept].forEach((value, j) => {
      const got = [...coefficients, intercept][j]!;
      assert.ok(Math.abs(got - value) < 1e-6, `coefficient ${j}: ${got} instead of ${value}`);
    });
  });
}

test('without a penalty it predicts as least squares do, though levels beside an intercept say the same twice', () => {
  const predicted = ridge({ l2: 0 }).fit(mixed, targets, { seed: 1 }).predict(mixed);
  predicted.forEach((value, i) => {
    assert.ok(Math.abs(value - frozen.leastSquares[i]!) < 1e-6, `row ${i}: ${value}`);
  });
});

test('numbers far from 0 lose nothing: a year tells as much as the years since 2000', () => {
  const years = [2001, 2003, 2004, 2008, 2010, 2011];
  const costs = Float64Array.of(3, 7, 8, 17, 20, 22.5);
  const answers = (offset: number): Float64Array => {
    const matrix = matrixOf(years.map((year) => [year - offset]));
    return ridge({ l2: 0.5 }).fit(matrix, costs, { seed: 1 }).predict(matrix);
  };
  answers(0).forEach((value, i) => {
    assert.ok(Math.abs(value - answers(2000)[i]!) < 1e-8);
  });
});

test('the base of its contributions is the mean prediction of the training rows, in the unit of the target', () => {
  const model = ridge().fit(mixed, targets, { seed: 1 });
  const { base, unit } = model.contributions!(mixed);
  const predicted = model.predict(mixed);
  assert.equal(unit, 'target');
  assert.ok(Math.abs(base - predicted.reduce((sum, value) => sum + value, 0) / predicted.length) < 1e-9);
});

test('a penalty that cannot be used is refused', () => {
  assert.throws(() => ridge({ l2: -1 }), /"l2" of ridge cannot be used/);
});
