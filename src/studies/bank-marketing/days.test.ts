import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { categoryColumn, numberColumn, type Table, table } from '../../table/table.js';
import { daysInOrder, daysOfLast } from './days.js';
import { months } from './months.js';

const dates = (rows: readonly (readonly [string | null, number])[]): Table =>
  table([
    categoryColumn(
      'month',
      rows.map(([month]) => month),
    ),
    numberColumn(
      'day',
      rows.map(([, day]) => day),
    ),
  ]);
const given = { month: 'month', day: 'day', firstYear: 2008 };
const dayNumber = (text: string): number => Date.parse(text) / 86_400_000;

test('a month that falls back begins a new year, a leap day among them', () => {
  const rows = dates([
    ['feb', 29],
    ['dec', 31],
    ['jan', 1],
    ['jan', 1],
  ]);
  const expected = ['2008-02-29', '2008-12-31', '2009-01-01', '2009-01-01'].map(dayNumber);
  assert.deepEqual([...daysInOrder(rows, given)], expected);
});

test('days that went by are rebuilt from month and day, whatever the pauses of less than a year', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 330 }), { minLength: 1, maxLength: 60 });
  const property = fc.property(pauses, (made) => {
    let day = dayNumber('2008-05-05');
    const truth = made.map((pause) => (day += pause));
    const told = truth.map((value): [string, number] => {
      const date = new Date(value * 86_400_000);
      return [months[date.getUTCMonth()]!, date.getUTCDate()];
    });
    // The first row says in which year it all begins.
    const firstYear = new Date(truth[0]! * 86_400_000).getUTCFullYear();
    assert.deepEqual([...daysInOrder(dates(told), { ...given, firstYear })], truth);
  });
  fc.assert(property, { numRuns: 200 });
});

test('months may be numbers', () => {
  const rows = table([numberColumn('month', [5, 6]), numberColumn('day', [31, 1])]);
  assert.deepEqual([...daysOfLast(daysInOrder(rows, given), 1)], [Number.NaN, 1]);
});

test('the first rows have not as many before them; no later row changes an earlier one', () => {
  const days = Float64Array.of(10, 10, 12, 12, 20);
  assert.deepEqual([...daysOfLast(days, 2)], [Number.NaN, Number.NaN, 2, 2, 8]);
  assert.deepEqual([...daysOfLast(days.slice(0, 4), 2)], [Number.NaN, Number.NaN, 2, 2]);
});

test('no date, no order and no rows to look back on are refused', () => {
  const codes = (code: string) => (error: unknown) =>
    error instanceof Problem && error.issues[0]?.code === code;
  assert.throws(() => daysInOrder(dates([['feb', 30]]), given), codes('schema-no-date'));
  assert.throws(() => daysInOrder(dates([['may', Number.NaN]]), given), codes('schema-no-date'));
  assert.throws(() => daysInOrder(dates([['Maio', 3]]), given), codes('schema-no-date'));
  assert.throws(() => daysInOrder(dates([[null, 3]]), given), codes('schema-no-date'));
  const fallen = dates([
    ['may', 9],
    ['may', 8],
  ]);
  assert.throws(() => daysInOrder(fallen, given), codes('schema-not-in-order'));
  for (const rows of [0, -1, 1.5]) {
    assert.throws(() => daysOfLast(Float64Array.of(1, 2), rows), codes('schema-trailing-days'));
  }
});
