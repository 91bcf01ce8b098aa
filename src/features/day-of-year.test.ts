import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { dayOfYear } from './day-of-year.js';
import { impute } from './impute.js';
import { numbersOf } from './mapping.js';
import { oneHot } from './one-hot.js';
import { stepKinds } from './registry.js';
import { readFittedStep } from './step.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(impute(dayOfYear('month', 'age'), { flag: false }));

const fit = (columns: Parameters<typeof table>[0]): number[] => [
  ...numbersOf(dayOfYear('month', 'day').fit(table(columns), madeContext(columns.length)).outputs[0]!),
];

test('every date of a leap year has its number, months as text or as numbers', () => {
  const texts = categoryColumn('month', ['jan', 'feb', 'mar', 'dec', null]);
  const day = numberColumn('day', [1, 29, 1, 31, 5]);
  assert.deepEqual(fit([texts, day]), [1, 60, 61, 366, Number.NaN]);
  assert.deepEqual(fit([numberColumn('month', [1, 2, 3, 12, 13]), day]), [1, 60, 61, 366, Number.NaN]);
});

test('it rises by one from day to day through the leap year 2008', () => {
  const days = Array.from({ length: 366 }, (_, i) => new Date(Date.UTC(2008, 0, 1 + i)));
  const month = numberColumn('month', days.map((date) => date.getUTCMonth() + 1)); // biome-ignore format: one line a column
  const day = numberColumn('day', days.map((date) => date.getUTCDate())); // biome-ignore format: one line a column
  assert.deepEqual(
    fit([month, day]),
    Array.from({ length: 366 }, (_, i) => i + 1),
  );
});

test('what is no month, a day of text and more than two inputs are refused', () => {
  const rows = table([categoryColumn('month', ['enero']), numberColumn('day', [1])]);
  const context = madeContext(1);
  assert.throws(() => dayOfYear('month', 'day').fit(rows, context), {
    message: /"enero", which is no month/,
  });
  assert.throws(() => dayOfYear('day', 'month').fit(rows, context), { message: /a day is a number/ });
  const two = table([categoryColumn('month', ['jan', 'feb']), numberColumn('day', [1, 2])]);
  assert.throws(() => dayOfYear(oneHot('month'), 'day').fit(two, madeContext(2)), { message: /exactly 2/ });
});

test('a saved step whose months are none is refused', () => {
  const inputs = [{ column: 'month', levels: ['enero'] }, { column: 'day' }];
  const saved = new JsonReader({ kind: 'dayOfYear', inputs, learned: {} });
  assert.throws(() => readFittedStep(saved, stepKinds), Problem);
});
