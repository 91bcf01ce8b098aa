/** Lines through the last periods of a series: what they find again, and what holds them back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Series } from '../panel/panel.js';
import { lineAhead } from './line-ahead.js';

const season = 12;
const series = (values: readonly number[], available?: readonly number[]): Series => ({
  key: ['one'],
  start: 0,
  values: Float64Array.from(values),
  ...(available && { available: Uint8Array.from(available) }),
});
const line = Array.from({ length: 40 }, (_, i) => 100 + i);

test('a line that was seen goes on, and only what lies before the position says so', () => {
  const at = { position: 30, step: 4, season };
  assert.ok(Math.abs(lineAhead(series(line), at) - 133) < 1, String(lineAhead(series(line), at)));
  const later = line.map((value, i) => (i < 30 ? value : 0));
  assert.equal(lineAhead(series(later), at), lineAhead(series(line), at));
  const gaps = line.map((value, i) => (i % 5 === 0 ? Number.NaN : value));
  assert.ok(Math.abs(lineAhead(series(gaps), at) - 133) < 1);
  const out = line.map((value, i) => (i % 5 === 0 ? 0 : value));
  const inStock = line.map((_, i) => (i % 5 === 0 ? 0 : 1));
  assert.ok(Math.abs(lineAhead(series(out, inStock), at) - 133) < 1);
});

test('few periods that vary make no slope, and no line falls below a third of its level', () => {
  const few = lineAhead(series([1, 9, 2, 12]), { position: 4, step: 6, season });
  assert.ok(few > 6 && few < 7.5, String(few));
  const falling = Array.from({ length: 36 }, (_, i) => 36 - i);
  assert.equal(lineAhead(series(falling), { position: 36, step: 60, season }), 18.5 / 3);
});

test('nothing known is no number, one value is itself, and zeros are 0', () => {
  const at = { position: 3, step: 1, season };
  assert.ok(Number.isNaN(lineAhead(series([Number.NaN, Number.NaN, Number.NaN]), at)));
  assert.equal(lineAhead(series([Number.NaN, 7, Number.NaN]), at), 7);
  assert.equal(lineAhead(series([0, 0, 0]), at), 0);
});
