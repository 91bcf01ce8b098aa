import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../problem.js';
import { table } from '../../table/table.js';
import type { Panel } from './panel.js';
import { until } from './until.js';

/** Three series over six periods: a whole one, one that begins late and one that ends early. */
const panel: Panel = {
  periods: { every: 'month', first: '2026-01-01', count: 6 },
  names: ['id'],
  series: [
    {
      key: ['whole'],
      start: 0,
      values: Float64Array.of(1, 2, 3, 4, 5, 6),
      available: Uint8Array.of(1, 1, 1, 1, 1, 0),
    },
    { key: ['late'], start: 4, values: Float64Array.of(7, 8) },
    { key: ['early'], start: 0, values: Float64Array.of(1, 2, 3) },
  ],
  seasons: [12],
  counts: true,
  attributes: table([]),
  ahead: [],
};

const shape = ({ series }: Panel): (readonly [number, number[]])[] =>
  series.map(({ start, values }) => [start, [...values]]);

test('without its last periods of the calendar, a series that ended before loses less', () => {
  const earlier = until(panel, 2);
  assert.equal(earlier.periods.count, 4);
  assert.deepEqual(shape(earlier), [
    [0, [1, 2, 3, 4]],
    [4, []],
    [0, [1, 2, 3]],
  ]);
  assert.equal(earlier.series[0]!.available!.length, 4);
  assert.deepEqual(shape(until(panel, 0)), shape(panel));
});

test('without the last periods of each series', () => {
  const earlier = until(panel, 2, { of: 'each' });
  assert.equal(earlier.periods.count, 4);
  assert.deepEqual(shape(earlier), [
    [0, [1, 2, 3, 4]],
    [4, []],
    [0, [1]],
  ]);
});

test('the panel itself stays as it is, and something must be left', () => {
  until(panel, 3);
  assert.equal(panel.series[0]!.values.length, 6);
  for (const back of [6, -1, 1.5]) assert.throws(() => until(panel, back), Problem);
});
