import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Estimate } from '../task/predictions.js';
import { formatEstimate, formatScore } from './format-estimate.js';

test('a value has three digits and no 0 before the point; where there is none stands a dash', () => {
  assert.deepEqual(
    [0.76543, -0.0214, 1, 12.5, 0, Number.NaN].map((value) => formatScore(value)),
    ['.765', '−.021', '1.000', '12.500', '.000', '–'],
  );
});

test('an estimate is its value and its interval, or the value alone where it has none', () => {
  const of = (value: number, low: number, high: number): Estimate => ({
    value,
    low,
    high,
    level: 0.95,
    error: 0,
    method: '',
  });
  assert.equal(formatEstimate(of(0.765, 0.7591, 0.7718)), '.765 (.759–.772)');
  assert.equal(formatEstimate(of(0.765, Number.NaN, Number.NaN)), '.765');
  assert.equal(formatEstimate(of(0.765, Number.NaN, 0.9)), '.765');
  assert.equal(formatEstimate(of(0.765, 0.5, Number.NaN)), '.765');
});
