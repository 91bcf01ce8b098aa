import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLearner, madeRows } from './learner-checks.js';
import { logistic } from './logistic.js';
import { naiveBayes } from './naive-bayes.js';
import { withWeights } from './with-weights.js';

const claims = { weightsAreCopies: true, columnOrderIsFree: true, explains: true };
checkLearner(withWeights(logistic({ tolerance: 1e-10 }), 'balanced'), claims);
checkLearner(withWeights(naiveBayes(), { yes: 3, no: 1 }, { correct: false }), {
  ...claims,
  bearsMissing: true,
  beatsBaseline: false,
  keepsBaseRate: false,
});

const { matrix, labels } = madeRows(400, 1);

test("balanced weights are scikit-learn's: rows / (2 × rows of the class)", () => {
  const ones = labels.reduce((sum, label) => sum + label, 0);
  const stated = { yes: 400 / (2 * ones), no: 400 / (2 * (400 - ones)) };
  const fit = (weights: 'balanced' | typeof stated) =>
    withWeights(logistic(), weights).fit(matrix, labels, { seed: 1 }).predict(matrix);
  const expected = fit(stated);
  fit('balanced').forEach((p, i) => {
    assert.ok(Math.abs(p - expected[i]!) < 1e-12);
  });
});

test('class weights multiply the weights of rows', () => {
  const weights = Float64Array.from(labels, (_, i) => 1 + (i % 2));
  const both = Float64Array.from(labels, (label, i) => weights[i]! * (label === 1 ? 3 : 1));
  const wrapped = withWeights(logistic(), { yes: 3, no: 1 }, { correct: false });
  assert.deepEqual(
    wrapped.fit(matrix, labels, { seed: 1, weights }).predict(matrix),
    logistic().fit(matrix, labels, { seed: 1, weights: both }).predict(matrix),
  );
});

test('with the correction the mean probability is the base rate, without it is higher', () => {
  const rate = labels.reduce((sum, label) => sum + label, 0) / 400;
  const mean = (correct: boolean): number =>
    withWeights(naiveBayes(), 'balanced', { correct })
      .fit(matrix, labels, { seed: 1 })
      .predict(matrix)
      .reduce((sum, p) => sum + p / 400, 0);
  assert.ok(Math.abs(mean(true) - rate) < 1e-9);
  assert.ok(mean(false) > rate + 0.05);
});

test('weights that cannot be used are refused', () => {
  assert.throws(() => withWeights(logistic(), { yes: 0, no: Number.NaN }), /"yes".*"no"/s);
});
