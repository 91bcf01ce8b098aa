import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Unusual } from './scoring.js';
import { WarningCounter } from './warning-counter.js';

const range = (column: string): Unusual => ({ code: 'outside-trained-range', column });
const unseen = (column: string): Unusual => ({ code: 'unseen-level', column });

test('rows are counted by code and column, in the order in which they first came up', () => {
  const counter = new WarningCounter();
  for (const found of [[range('age')], [], [unseen('job'), range('age')], [unseen('age')]])
    counter.add(found);
  const expected = [
    { ...range('age'), rows: 2 },
    { ...unseen('job'), rows: 1 },
    { ...unseen('age'), rows: 1 },
  ];
  assert.deepEqual(counter.counts(), expected);
  // A work that goes on where it was counts on.
  const later = new WarningCounter(counter.counts());
  later.add([unseen('job'), unseen('city')]);
  assert.deepEqual(
    later.counts().map(({ rows }) => rows),
    [2, 2, 1, 1],
  );
  assert.deepEqual(counter.counts(), expected);
});
