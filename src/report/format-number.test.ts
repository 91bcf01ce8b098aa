import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatLevel,
  formatPercent,
  formatRange,
  formatScore,
} from './format-number.js';

/** With the no-break space that keeps a number and its sign together. */
const joined = (text: string): string => text.replace(' ', '\u00a0');

test('a score has three digits, no leading zero and a true minus sign', () => {
  assert.deepEqual(
    [0.7344, 1, 0, -0.0214, -0.0001, 12.5].map((value) => formatScore(value)),
    ['.734', '1.000', '.000', '−.021', '.000', '12.500'],
  );
});

test('an estimate carries its interval; a dash never stands beside a minus sign', () => {
  const estimate = { value: 0.734, low: 0.712, high: 0.756, level: 0.95, error: 0.011, method: '' };
  assert.equal(formatEstimate(estimate), '.734 (.712–.756)');
  assert.equal(formatRange({ low: -0.01, high: 0.02 }), '−.010 to .020');
});

test('a difference has its sign, and nothing has none', () => {
  assert.deepEqual([0.15, -0.003, 0.0001, -0.0001].map(formatDifference), ['+.150', '−.003', '.000', '.000']);
});

test('a share is a percentage with a decimal where it is small', () => {
  assert.deepEqual(
    [0.11698, 0.516, 0.2, 0.19997, 0.1994, 0.0505, 0, 1, -0.05].map((share) => formatPercent(share)),
    ['11.7 %', '52 %', '20 %', '20 %', '19.9 %', '5.1 %', '0 %', '100 %', '−5.0 %'].map(joined),
  );
  assert.equal(formatPercent(0.516, 1), joined('51.6 %'));
  assert.equal(formatLevel(0.95), joined('95 %'));
  assert.equal(formatLevel(0.995), joined('99.5 %'));
});

test('a count has its thousands', () => {
  assert.deepEqual([0, 999, 45211, 2260000, -1200.4, -0.3].map(formatCount), [
    '0',
    '999',
    '45,211',
    '2,260,000',
    '−1,200',
    '0',
  ]);
});
