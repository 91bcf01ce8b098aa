import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matrixOf } from '../testing/matrix-of.js';
import { constantModel } from './baseline.js';
import { priorShift, shifted, shiftedModel, shiftToMean } from './shifted-model.js';

const probability = fc.double({ min: 0, max: 1, noNaN: true });

test('a shift multiplies the odds and leaves 0 and 1 alone', () => {
  assert.ok(Math.abs(shifted(0.2, Math.log(4)) - 0.5) < 1e-15);
  assert.ok(Math.abs(shifted(0.5, -Math.log(4)) - 0.2) < 1e-15);
  for (const shift of [-800, -1, 0, 1, 800]) {
    assert.equal(shifted(0, shift), 0);
    assert.equal(shifted(1, shift), 1);
  }
});

test('shifting never reorders rows and stays within 0 and 1', () => {
  fc.assert(
    fc.property(probability, probability, fc.double({ min: -60, max: 60, noNaN: true }), (a, b, shift) => {
      const [low, high] = [shifted(Math.min(a, b), shift), shifted(Math.max(a, b), shift)];
      assert.ok(low >= 0 && high <= 1 && low <= high + 1e-15);
    }),
  );
});

test('the prior shift turns the sampled base rate into the true one', () => {
  assert.ok(Math.abs(shifted(0.5, priorShift(0.117, 0.5)) - 0.117) < 1e-15);
});

test('shiftToMean reaches the rate, weighted or not', () => {
  const inner = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(inner, inner), { minLength: 1 }), inner, (rows, rate) => {
      const probabilities = Float64Array.from(rows, ([p]) => p);
      const weights = Float64Array.from(rows, ([, weight]) => weight);
      const shift = shiftToMean(probabilities, rate, weights)!;
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const mean = probabilities.reduce((sum, p, i) => sum + weights[i]! * shifted(p, shift), 0) / total;
      assert.ok(Math.abs(mean - rate) < 1e-9);
    }),
  );
});

test('no shift moves probabilities of 0 and 1', () => {
  assert.equal(shiftToMean(Float64Array.of(0, 1), 0.1), undefined);
});

test('a shifted model adds the shift to the base of its contributions', () => {
  const model = shiftedModel(constantModel([{ kind: 'number' }], 0.5), Math.log(3));
  assert.ok(Math.abs(model.predict(matrixOf([[1]]))[0]! - 0.75) < 1e-15);
  assert.equal(model.contributions!(matrixOf([[1]])).base, Math.log(3));
});
