import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fixture } from '../testing/fixture.js';
import { fitIsotonic, isotonicAt } from './isotonic.js';

const frozen = fixture<{
  isotonic: Record<'x' | 'labels' | 'weights' | 'grid' | 'plain' | 'weighted', number[]>;
}>('models/fixtures/models.json').isotonic;
const scores = Float64Array.from(frozen.x);
const labels = Uint8Array.from(frozen.labels);

test("the fit is scikit-learn's, weighted or not, at points seen, between and outside", () => {
  for (const which of ['plain', 'weighted'] as const) {
    const weights = which === 'weighted' ? Float64Array.from(frozen.weights) : undefined;
    const fitted = fitIsotonic(scores, labels, weights);
    frozen.grid.forEach((score, i) => {
      const got = isotonicAt(fitted, score);
      assert.ok(Math.abs(got - frozen[which][i]!) < 1e-9, `${which} at ${score}: ${got}`);
    });
  }
});

test('the fit never falls, stays within the labels, and keeps their mean', () => {
  const row = fc.tuple(fc.constantFrom(0, 0.1, 0.25, 0.5, 0.9), fc.constantFrom(0, 1));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 50 }), (rows) => {
      const fitted = fitIsotonic(
        Float64Array.from(rows, ([score]) => score),
        Uint8Array.from(rows, ([, label]) => label),
      );
      assert.ok(fitted.y.every((value, i) => value >= (fitted.y[i - 1] ?? 0) && value <= 1));
      const fits = rows.reduce((sum, [score]) => sum + isotonicAt(fitted, score), 0);
      const ones = rows.reduce((sum, [, label]) => sum + label, 0);
      assert.ok(Math.abs(fits - ones) < 1e-9);
    }),
  );
});
