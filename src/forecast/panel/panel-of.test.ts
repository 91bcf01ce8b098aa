import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Problem } from '../../problem.js';
import { category, number, yesNo } from '../../schema/column-types.js';
import { categoryColumn, numberColumn, type Table, table } from '../../table/table.js';
import { periodText } from './calendar.js';
import { definePanel } from './define-panel.js';
import { type PanelOptions, panelOf } from './panel-of.js';
import type { DeclaredPanel } from './panel-schema.js';
import { counted, day, hour, month, periods, quarter, type TimeType, week, year } from './time-types.js';

/** The panel of a single series of these periods. */
function single(
  time: TimeType,
  times: readonly string[],
  { values = times.map((_, i) => i + 1), ...options }: PanelOptions & { values?: (number | null)[] } = {},
): DeclaredPanel {
  const schema = definePanel({ moment: 'it ends', series: [], time, target: number('y') });
  return panelOf(schema, table([categoryColumn(time.name, times), numberColumn('y', values)]), options);
}

const valuesOf = (panel: DeclaredPanel): number[][] => panel.series.map(({ values }) => [...values]);

/** Asserts a Problem of this code whose sentence fits. */
function refused(run: () => unknown, code: string, sentence: RegExp): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof Problem, String(error));
    assert.equal(error.issues[0]!.code, code);
    assert.match(error.message, sentence);
    return true;
  });
}

test('rows may stand in any order', () => {
  assert.deepEqual(valuesOf(single(day('ds'), ['2026-03-02', '2026-03-01', '2026-03-03'])), [[2, 1, 3]]);
});

test('a leap day is a day, and February of a leap year a month, like others', () => {
  const days = single(day('ds'), ['2024-02-28', '2024-02-29', '2024-03-01']);
  assert.equal(days.periods.count, 3);
  assert.equal(periodText(days.periods, 2), '2024-03-01');
  refused(
    () => single(day('ds'), ['2023-02-28', '2023-03-01', '2023-02-29']),
    'panel-bad-time',
    /"2023-02-29"/,
  );
  assert.equal(single(month('ds'), ['2024-01-31', '2024-02-29', '2024-03-31']).periods.count, 3);
});

test('ISO week 53 follows week 52 and comes before week 1; a year that has none is told', () => {
  const weeks = single(week('ds'), ['2020-W52', '2020-W53', '2021-W01']);
  assert.deepEqual(weeks.periods, { every: 'week', first: '2020-12-21', count: 3 });
  refused(() => single(week('ds'), ['2021-W52', '2021-W53']), 'panel-bad-time', /not a week.*"2021-W53"/);
  assert.deepEqual(weeks.seasons, [52]);
});

test('hours with their offset pass a clock change; local time has one twice, and lacks one in spring', () => {
  const autumn = [
    '2026-10-25T01:00+02:00',
    '2026-10-25T02:00+02:00',
    '2026-10-25T02:00+01:00',
    '2026-10-25T03:00+01:00',
  ];
  assert.equal(single(hour('at'), autumn).periods.count, 4);
  refused(
    () =>
      single(
        hour('at'),
        autumn.map((text) => text.slice(0, 16)),
      ),
    'panel-repeated-period',
    /the hour 2026-10-25T02:00:00.000Z twice, first in row 1.*clocks are put back/s,
  );
  refused(
    () => single(hour('at'), ['2026-03-29T01:00', '2026-03-29T03:00']),
    'panel-gaps',
    /1 hours have no row, such as 2026-03-29T02:00.*clocks are put forward/s,
  );
});

test('a day off the grid of weeks, a time of day among days and a half hour are told', () => {
  refused(
    () => single(week('ds'), ['2026-11-02', '2026-11-09', '2026-11-17']),
    'panel-off-grid',
    /Row 2.*beginning of a week, got "2026-11-17".*a Monday, as the first week, 2026-11-02.*toPanel/s,
  );
  refused(
    () => single(day('ds'), ['2026-11-02', '2026-11-03T10:00']),
    'panel-off-grid',
    /without a time of day/,
  );
  refused(
    () => single(hour('ds'), ['2026-11-02T01:00', '2026-11-02T02:30']),
    'panel-off-grid',
    /a full hour/,
  );
});

test('a row without a period, and a text that is none, are told', () => {
  const schema = definePanel({ moment: 'm', series: [], time: day('ds'), target: number('y') });
  const lacking = table([categoryColumn('ds', ['2026-01-01', null]), numberColumn('y', [1, 2])]);
  refused(() => panelOf(schema, lacking), 'schema-missing-value', /Row 1, column "ds"/);
  refused(
    () => single(day('ds'), ['01/02/2026']),
    'panel-bad-time',
    /not a day, got "01\/02\/2026".*format: 'dmy'/s,
  );
  refused(() => single(counted('t'), ['1', 'two']), 'panel-bad-time', /the number of a period, got "two"/);
});

test('a period twice is told, with the row that had it first', () => {
  refused(
    () => single(month('ds'), ['2026-01-01', '2026-02-01', '2026-01-15']),
    'panel-repeated-period',
    /the month 2026-01-01 twice, first in row 0/,
  );
});

test('a period without a row must be given a meaning', () => {
  const times = ['2026-01', '2026-02', '2026-05'];
  refused(
    () => single(month('ds'), times),
    'panel-gaps',
    /2 months have no row, such as 2026-03-01.*gaps: 'zero'/s,
  );
  assert.deepEqual(valuesOf(single(month('ds'), times, { gaps: 'zero' })), [[1, 2, 0, 0, 3]]);
  assert.deepEqual(valuesOf(single(month('ds'), times, { gaps: 'unknown' })), [
    [1, 2, Number.NaN, Number.NaN, 3],
  ]);
});

test('quarters, years and counted periods have their texts', () => {
  const quarters = single(quarter('ds'), ['2025-Q4', '2026-Q1']);
  assert.deepEqual([quarters.periods.first, periodText(quarters.periods, 2)], ['2025-10-01', '2026-04-01']);
  const years = single(year('ds'), ['2025', '2026']);
  assert.deepEqual([years.periods.first, periodText(years.periods, 2)], ['2025-01-01', '2027-01-01']);
  const steps = single(counted('t'), ['7', '8']);
  assert.deepEqual([steps.periods, periodText(steps.periods, 2)], [{ first: '7', count: 2 }, '9']);
});

test('the length of periods is found by the times that stand nearest to each other', () => {
  const found = (...times: string[]): string | undefined =>
    single(periods('ds'), times, { gaps: 'zero' }).periods.every;
  assert.equal(found('2026-01-01T00:00', '2026-01-01T01:00'), 'hour');
  assert.equal(found('2026-01-01', '2026-01-02', '2026-01-05'), 'day');
  assert.equal(found('2026-01-05', '2026-01-12', '2026-01-26'), 'week');
  assert.equal(found('2026-01-31', '2026-02-28', '2026-03-31'), 'month');
  assert.equal(found('2026-01-01', '2026-04-01'), 'quarter');
  assert.equal(found('2024-12-31', '2025-12-31'), 'year');
  assert.equal(found('1', '2', '3'), undefined);
  assert.equal(found('V2', 'V3'), undefined);
});

const shop = definePanel({
  moment: 'the order is placed',
  series: ['store', 'product'],
  time: week('week'),
  target: number('sold', { integer: true }),
  available: yesNo('inStock', { yes: 'True', no: 'False' }),
  before: { department: category() },
  ahead: { promotion: yesNo(), holiday: category() },
  after: { visitors: number() },
});

/** Two weeks of two products, and a week to come. */
function rows(changes: Record<string, (string | number | null)[]> = {}): Table {
  const texts = {
    store: ['1', '1', '1', '1', '1'],
    product: ['milk', 'tea', 'milk', 'tea', 'milk'],
    week: ['2026-11-02', '2026-11-02', '2026-11-09', '2026-11-09', '2026-11-16'],
    inStock: ['True', 'True', 'False', 'True', null],
    department: ['cold', 'dry', 'cold', 'dry', 'cold'],
    promotion: ['no', 'no', 'no', 'yes', 'yes'],
    holiday: [null, null, null, null, 'fair'],
  };
  const numbers = { sold: [3, 5, 0, 4, null], visitors: [90, 90, 80, 80, null] };
  return table([
    ...Object.entries({ ...texts, ...changes })
      .filter(([name]) => name in texts)
      .map(([name, values]) => categoryColumn(name, values as string[])),
    ...Object.entries({ ...numbers, ...changes })
      .filter(([name]) => name in numbers)
      .map(([name, values]) => numberColumn(name, values as number[])),
  ]);
}

test('stock, attributes, what is known ahead and what is known too late come from the columns declared so', () => {
  const panel = panelOf(shop, rows());
  assert.deepEqual(panel.periods, { every: 'week', first: '2026-11-02', count: 2 });
  assert.deepEqual(
    panel.series.map(({ key }) => key),
    [
      ['1', 'milk'],
      ['1', 'tea'],
    ],
  );
  assert.deepEqual(valuesOf(panel), [
    [3, 0],
    [5, 4],
  ]);
  assert.deepEqual(
    panel.series.map(({ available }) => [...available!]),
    [
      [1, 0],
      [1, 1],
    ],
  );
  assert.deepEqual(panel.attributes.row(1), { department: 'dry' });
  const [promotion, holiday] = panel.ahead;
  assert.deepEqual([promotion!.reach, [...promotion!.values]], [3, [0, 0, 1, 0, 1, Number.NaN]]);
  assert.deepEqual([holiday!.levels, [...holiday!.values].filter((value) => value === 0)], [['fair'], [0]]);
  assert.equal(panel.late[0]!.values[0], 90);
  assert.equal(panel.counts, true);
  assert.match(
    inspect(panel),
    /^2 series over 2 weeks, 2026-11-02 to 2026-11-09; 4 known values, 25 % of them 0; out of stock in 25 %/,
  );
});

test('a column of before that changes within a series is told where it could be known', () => {
  refused(
    () => panelOf(shop, rows({ department: ['cold', 'dry', 'warm', 'dry', 'cold'] })),
    'panel-varying-attribute',
    /store "1", product "milk" has two values.*got "cold" and "warm".*`ahead`.*`after`/s,
  );
});

test('values are checked as those of any table: a half piece, an unknown column, a text of neither yes nor no', () => {
  refused(
    () => panelOf(shop, rows({ sold: [3, 5, 0.5, 4, null] })),
    'schema-not-an-integer',
    /Row 2, column "sold"/,
  );
  refused(
    () => panelOf(shop, rows().with(numberColumn('colour', [1, 1, 1, 1, 1]))),
    'schema-unknown-column',
    /colour/,
  );
  refused(
    () => panelOf(shop, rows({ inStock: ['True', 'True', 'no', 'True', null] })),
    'schema-unknown-level',
    /inStock/,
  );
});

test('series may begin late, end early, have one value, zeros only, or none', () => {
  const cells: [string, string, number | null][] = [
    ...['2026-01', '2026-02', '2026-03', '2026-04'].map((ds, i): [string, string, number] => ['whole', ds, i]),
    ['late', '2026-03', 1], ['late', '2026-04', 2],
    ['early', '2026-01', 1], ['early', '2026-02', 2],
    ['one', '2026-02', 9],
    ['zeros', '2026-01', 0], ['zeros', '2026-02', 0],
    ['none', '2026-01', null], ['none', '2026-02', null],
  ]; // biome-ignore format: a line a series
  const schema = definePanel({
    moment: 'm',
    series: ['id'],
    time: month('ds'),
    target: number('y', { integer: true }),
  });
  const long = table([
    categoryColumn('id', cells.map(([id]) => id)), // biome-ignore format: one thought
    categoryColumn('ds', cells.map(([, ds]) => ds)), // biome-ignore format: one thought
    numberColumn('y', cells.map(([, , y]) => y)), // biome-ignore format: one thought
  ]);
  const panel = panelOf(schema, long);
  const shape = (of: DeclaredPanel): (readonly [string, number, string])[] =>
    of.series.map(({ key, start, values }) => [key[0]!, start, values.join(' ')]);
  assert.deepEqual(shape(panel), [
    ['whole', 0, '0 1 2 3'],
    ['late', 2, '1 2'],
    ['early', 0, '1 2'],
    ['one', 1, '9'],
    ['zeros', 0, '0 0'],
    ['none', 0, 'NaN NaN'],
  ]);
  assert.match(inspect(panel), /1 without a known value/);
  assert.deepEqual(shape(panelOf(schema, long, { gaps: 'zero' })).slice(2, 4), [
    ['early', 0, '1 2 0 0'],
    ['one', 1, '9 0 0'],
  ]);
  const nothing = long.with(
    numberColumn(
      'y',
      cells.map(() => null),
    ),
  );
  refused(() => panelOf(schema, nothing), 'panel-no-values', /not one value of the target is known/i);
});

test('numbers and dates may name series and periods too', () => {
  const schema = definePanel({ moment: 'm', series: ['id'], time: year('ds'), target: number('y') });
  const long = table([
    numberColumn('id', [7, 7]),
    numberColumn('ds', [2025, 2026]),
    numberColumn('y', [1, 2]),
  ]);
  assert.deepEqual(panelOf(schema, long).series[0]!.key, ['7']);
});
