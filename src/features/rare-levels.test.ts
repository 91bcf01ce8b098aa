import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { categoryColumn, table } from '../table/table.js';
import { codesOf } from './mapping.js';
import { rareLevels } from './rare-levels.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(rareLevels(['job', 'month'], { under: 40 }));

test('rareLevels merges what has too few rows, and keeps the rest in order', () => {
  const rows = table([categoryColumn('shop', ['c', 'a', 'c', 'b', 'd', 'd', null])]);
  const { step, outputs } = rareLevels('shop', { under: 2 }).fit(rows, madeContext(7));
  assert.deepEqual(step.outputs[0]!.levels, ['c', 'd', '(rare)']);
  assert.deepEqual([...codesOf(outputs[0]!)], [0, 2, 0, 2, 1, 1, -1]);
});

test('rareLevels refuses a bound that merges nothing', () => {
  assert.throws(() => rareLevels('shop', { under: 0 }), Problem);
});
