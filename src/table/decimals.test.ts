import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimals } from './decimals.js';

test('no zero before the point, and no minus before nothing', () => {
  assert.deepEqual(
    [0.7654, -0.0214, 1, 0, -12.3456].map((value) => decimals(value)),
    ['.765', '-.021', '1.000', '.000', '-12.346'],
  );
  assert.deepEqual(
    [-0.0004, -0, -0.4].map((value) => decimals(value)),
    ['.000', '.000', '-.400'],
  );
  assert.deepEqual([decimals(-0.4, 0), decimals(-0.00004, 4), decimals(0.12345, 4)], ['0', '.0000', '.1235']);
});
