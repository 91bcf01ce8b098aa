import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from '../testing/fixture.js';
import { fitPlatt } from './platt.js';

const frozen = fixture<{
  platt: Record<'decisions' | 'labels' | 'weights' | 'plain' | 'weighted', number[]>;
}>('models/fixtures/models.json').platt;
const scores = Float64Array.from(frozen.decisions);
const labels = Uint8Array.from(frozen.labels);

test("the curve is scikit-learn's, whose signs are the opposite", () => {
  for (const which of ['plain', 'weighted'] as const) {
    const weights = which === 'weighted' ? Float64Array.from(frozen.weights) : undefined;
    const { slope, intercept } = fitPlatt(scores, labels, weights);
    // scikit-learn stops its own search at a gradient that leaves about five digits.
    assert.ok(Math.abs(slope + frozen[which][0]!) < 1e-5, `${which}: slope ${slope}`);
    assert.ok(Math.abs(intercept + frozen[which][1]!) < 1e-5, `${which}: intercept ${intercept}`);
  }
});

test('the gradient vanishes at the curve, for the smoothed targets', () => {
  const { slope, intercept } = fitPlatt(scores, labels);
  const ones = labels.reduce((sum, label) => sum + label, 0);
  const zeros = labels.length - ones;
  let [bySlope, byIntercept] = [0, 0];
  labels.forEach((label, i) => {
    const target = label === 1 ? (ones + 1) / (ones + 2) : 1 / (zeros + 2);
    const residual = 1 / (1 + Math.exp(-(slope * scores[i]! + intercept))) - target;
    bySlope += residual * scores[i]!;
    byIntercept += residual;
  });
  assert.ok(Math.abs(bySlope) < 1e-7 && Math.abs(byIntercept) < 1e-7);
});

test('scores that divide the classes, and scores that are all the same, give a finite curve', () => {
  const divided = fitPlatt(Float64Array.of(-36, -35, 35, 36), Uint8Array.of(0, 0, 1, 1));
  assert.ok(divided.slope > 0 && Number.isFinite(divided.slope + divided.intercept));
  const same = fitPlatt(Float64Array.of(2, 2, 2, 2), Uint8Array.of(0, 0, 0, 1));
  const p = 1 / (1 + Math.exp(-(2 * same.slope + same.intercept)));
  // Smoothed targets: (2/3 + 3·1/5)/4.
  assert.ok(Math.abs(p - (2 / 3 + 3 / 5) / 4) < 1e-6, String(p));
});
