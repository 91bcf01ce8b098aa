import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idPattern, idTime, newId } from './ids.js';

const shape = new RegExp(`^${idPattern}$`);

test('an id tells its time, to the millisecond, and is a UUID of version 7', () => {
  for (const time of [0, 1, 65_535, 65_536, 1_764_288_000_123, 2 ** 47]) {
    const id = newId(time);
    assert.match(id, shape);
    assert.equal(idTime(id), time);
    assert.equal(id.slice(0, 8) + id.slice(9, 13), time.toString(16).padStart(12, '0'));
  }
});

test('ids of one time all differ, and every digit that may vary does', () => {
  const time = 1_764_288_000_123;
  const ids = Array.from({ length: 3000 }, () => newId(time));
  assert.equal(new Set(ids).size, 3000);
  for (const id of ids) assert.match(id, shape);
  for (let place = 0; place < 36; place++) {
    const seen = new Set(ids.map((id) => id[place]));
    const isFixed = place < 15 || [18, 23].includes(place);
    assert.equal(seen.size, isFixed ? 1 : place === 19 ? 4 : 16, `place ${place}`);
  }
  // Each half of the chance is its own: no two of these places always agree.
  assert.equal(new Set(ids.map((id) => id.slice(24, 30))).size > 2990, true);
  assert.equal(new Set(ids.map((id) => id.slice(30))).size > 2990, true);
});

test('ids sort by their time', () => {
  const times = [5, 70_000, 65_536, 1_764_288_000_123, 1_764_288_000_122];
  const sorted = times.map(newId).sort().map(idTime);
  assert.deepEqual(
    sorted,
    [...times].sort((a, b) => a - b),
  );
});
