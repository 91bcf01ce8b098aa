import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Labels, type Matrix, shapeOf } from '../table/matrix.js';
import { baseRate } from './base-rate.js';
import { constantModel } from './baseline.js';
import { checkLearner, madeRows } from './learner-checks.js';
import { logistic } from './logistic.js';
import type { Learner } from './models.js';
import { naiveBayes } from './naive-bayes.js';
import type { Correction } from './true-rate.js';
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

/** Knows its training rows by heart, and gives all others their weighted base rate. */
const memory: Learner = {
  name: 'memory',
  kind: 'memory',
  params: {},
  fit(rows, own, { weights }) {
    const column = rows.columns[0]!;
    assert.ok(column.kind === 'number');
    const known = new Map(Array.from(column.values, (value, i) => [value, own[i] === 1 ? 0.999 : 0.001]));
    const rate = baseRate(own as Labels, weights);
    const model = constantModel(shapeOf(rows), rate);
    const predict = (asked: Matrix): Float64Array => {
      const values = asked.columns[0]!.kind === 'number' ? asked.columns[0]!.values : new Float64Array(0);
      return Float64Array.from(values, (value) => known.get(value) ?? rate);
    };
    return { kind: 'memory', shape: model.shape, predict, toJSON: () => null };
  },
};

test('a learner that knows its rows by heart is corrected out of fold', () => {
  const held = madeRows(400, 2);
  const rate = labels.reduce((sum, label) => sum + label, 0) / 400;
  const mean = (correct: Correction): number =>
    withWeights(memory, 'balanced', { correct })
      .fit(matrix, labels, { seed: 1 })
      .predict(held.matrix)
      .reduce((sum, p) => sum + p / 400, 0);
  assert.ok(Math.abs(mean('out of fold') - rate) < 0.005);
  assert.ok(Math.abs(mean(true) - rate) > 0.05);
});
