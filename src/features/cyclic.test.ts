import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { cyclic } from './cyclic.js';
import { numbersOf } from './mapping.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(cyclic('month'));
checkStep(cyclic('age', { period: 12 }));
checkStep(cyclic('job', { order: ['student', 'admin.', '__proto__', 'retired'] }));

test('cyclic puts December beside January and July across from it', () => {
  const rows = table([categoryColumn('month', ['jan', 'jul', 'dec', 'feb', null])]);
  const [sine, cosine] = cyclic('month').fit(rows, madeContext(5)).outputs.map(numbersOf);
  const distance = (i: number, j: number): number =>
    Math.hypot(sine![i]! - sine![j]!, cosine![i]! - cosine![j]!);
  assert.ok(Math.abs(distance(0, 2) - distance(0, 3)) < 1e-12);
  assert.ok(Math.abs(distance(0, 1) - 2) < 1e-12);
  assert.deepEqual([sine![4], cosine![4]], [0, 0]);
});

test('cyclic refuses a level without a place, numbers without a period, and text with one', () => {
  const rows = table([categoryColumn('month', ['january']), numberColumn('hour', [3])]);
  const context = madeContext(1);
  assert.throws(() => cyclic('month').fit(rows, context), {
    message: /"january", which has no place on the circle/,
  });
  assert.throws(() => cyclic('hour').fit(rows, context), { message: /"hour" is a number/ });
  assert.throws(() => cyclic('month', { period: 12 }).fit(rows, context), { message: /"month" is text/ });
  assert.throws(() => cyclic('hour', { period: 0 }), Problem);
  assert.throws(() => cyclic('month', { order: ['a', 'a'] }), Problem);
});
