/** The kinds of demand, at their bounds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segmentOf } from './segment-of.js';

const of = (...values: number[]): string => segmentOf(Float64Array.from(values));

test('demand is smooth, erratic, intermittent or lumpy by how often and how evenly it comes', () => {
  assert.equal(of(5, 6, 5, 6), 'smooth');
  assert.equal(of(1, 20, 1, 30), 'erratic');
  assert.equal(of(0, 5, 0, 6), 'intermittent');
  assert.equal(of(0, 1, 0, 30, 0, 2), 'lumpy');
});

test('periods that are not known do not count, and what never sells is intermittent', () => {
  assert.equal(of(5, Number.NaN, Number.NaN, 6), 'smooth');
  assert.equal(of(0, 0, 0), 'intermittent');
});

test('an interval of 1.32 periods is rare already', () => {
  const rare = Float64Array.from({ length: 132 }, (_, i) => (i < 100 ? 5 : 0));
  assert.equal(segmentOf(rare), 'intermittent');
  assert.equal(segmentOf(rare.subarray(0, 131)), 'smooth');
});
