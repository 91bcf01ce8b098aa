import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Problem } from '../../problem.js';
import { readCsvTable } from '../../table/csv/read-csv-table.js';
import { categoryColumn, dateColumn, numberColumn, type Table, table } from '../../table/table.js';
import { realData, withoutRealData } from '../../testing/real-data.js';
import { type SummedPanel, type ToPanelOptions, toPanel } from './to-panel.js';

type Line = readonly [at: string, article: string | null, customer: string, pieces: number];

function linesOf(lines: readonly Line[]): Table {
  return table([
    dateColumn('at', lines.map(([at]) => Date.parse(`${at}Z`))), // biome-ignore format: a line a column
    categoryColumn('article', lines.map(([, article]) => article)), // biome-ignore format: a line a column
    categoryColumn('customer', lines.map(([, , customer]) => customer)), // biome-ignore format: a line a column
    numberColumn('pieces', lines.map(([, , , pieces]) => pieces)), // biome-ignore format: a line a column
  ]);
}

const plain = { by: 'article', time: 'at', every: 'week', sum: 'pieces', partial: 'keep' } as const;
const sums = (lines: readonly Line[], options: Partial<ToPanelOptions> = {}): SummedPanel =>
  toPanel(linesOf(lines), { ...plain, ...options });
const valuesOf = ({ series }: SummedPanel): unknown[] =>
  series.map(({ key, start, values }) => [key[0], start, [...values]]);

function refused(run: () => unknown, code: string, sentence: RegExp): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof Problem, String(error));
    assert.equal(error.issues[0]!.code, code);
    assert.match(error.message, sentence);
    return true;
  });
}

/** Three weeks from Monday, 2 November 2026, on. */
const sales: readonly Line[] = [
  ['2026-11-02T09:00', 'tea', 'ann', 5],
  ['2026-11-08T18:00', 'tea', 'bob', 2],
  ['2026-11-09T09:00', 'cup', 'ann', 1],
  ['2026-11-18T09:00', 'tea', 'bob', 4],
];

test('lines are summed by series and week from Monday on; a series begins with its first sale, and a week without one is 0', () => {
  assert.deepEqual(valuesOf(sums(sales)), [
    ['tea', 0, [7, 0, 4]],
    ['cup', 1, [1, 0]],
  ]);
  assert.equal(sums(sales).counts, true);
});

test('the first and the last period count only where lines reach from their first to their last day', () => {
  const late: readonly Line[] = [['2026-10-29T09:00', 'tea', 'bob', 9], ...sales];
  const panel = sums(late, { partial: 'drop' });
  assert.deepEqual([panel.periods.first, panel.periods.count], ['2026-11-02', 2]);
  assert.deepEqual(panel.notes, [
    'Left out: the week 2026-10-26, which is not whole.',
    'Left out: the week 2026-11-16, which is not whole.',
  ]);
  assert.match(inspect(panel), /Left out: the week 2026-10-26/);
  const months = sums([['2026-11-01T08:00', 'tea', 'ann', 1], ['2026-11-30T18:00', 'tea', 'ann', 2]], { every: 'month', partial: 'drop' }); // biome-ignore format: one thought
  assert.deepEqual(valuesOf(months), [['tea', 0, [3]]]);
});

const returned: readonly Line[] = [
  ...sales,
  ['2026-11-18T10:00', 'tea', 'ann', -6],
  ['2026-11-18T11:00', 'cup', 'bob', -1],
];

test('returns must be given a meaning: left out, subtracted where they come, or taken off the sale before', () => {
  refused(() => sums(returned), 'panel-returns', /2 of 6 lines are below 0.*returns: 'ignore'/s);
  assert.deepEqual(valuesOf(sums(returned, { returns: 'ignore' })), valuesOf(sums(sales)));
  const subtracted = sums(returned, { returns: 'subtract' });
  assert.deepEqual(valuesOf(subtracted), [
    ['tea', 0, [7, 0, -2]],
    ['cup', 1, [1, -1]],
  ]);
  assert.equal(subtracted.counts, false);
  const undone = sums(returned, { returns: { undo: ['customer'] } });
  assert.deepEqual(valuesOf(undone), [
    ['tea', 0, [2, 0, 4]],
    ['cup', 1, [1, 0]],
  ]);
  // Ann had bought 5 of the 6 that came back, Bob no cup at all.
  assert.deepEqual(undone.notes, ['Left out: 2 returns.', 'Undone: 1 sales that came back.']);
});

test('a line that stands there twice must be given a meaning', () => {
  const twice = [...sales, sales[3]!];
  refused(
    () => sums(twice),
    'panel-repeated-lines',
    /1 lines stand in the table twice.*Say repeated: 'drop'/s,
  );
  assert.deepEqual(valuesOf(sums(twice, { repeated: 'drop' })), valuesOf(sums(sales)));
  assert.deepEqual(valuesOf(sums(twice, { repeated: 'keep' }))[0], ['tea', 0, [7, 0, 8]]);
});

test('lines of services are left out by their codes or by a pattern', () => {
  const services: readonly Line[] = [
    ...sales,
    ['2026-11-18T10:00', 'POST', 'ann', 3],
    ['2026-11-18T10:00', 'BANK CHARGES', 'ann', 1],
  ];
  for (const article of [['POST', 'BANK CHARGES'], /^[A-Z ]+$/]) {
    const panel = sums(services, { except: { article } });
    assert.deepEqual(valuesOf(panel), valuesOf(sums(sales)));
    assert.deepEqual(panel.notes, ['Left out: 2 lines of "article" that are no article.']);
  }
});

test('a line without an article is told', () => {
  refused(
    () => sums([...sales, ['2026-11-18T10:00', null, 'ann', 3]]),
    'panel-missing-key',
    /Row 4, column "article"/,
  );
});

test('invoices of a year: service codes, cancellations, lines twice and a last month that is not whole', {
  skip: withoutRealData('online-retail.csv.gz'),
}, async () => {
  const { table: invoices } = await readCsvTable(realData('online-retail.csv.gz')!, {
    columns: [
      { name: 'InvoiceNo', kind: 'category' },
      { name: 'StockCode', kind: 'category' },
      { name: 'Quantity', kind: 'number' },
      { name: 'InvoiceDate', kind: 'date' },
      { name: 'CustomerID', kind: 'category' },
      { name: 'UnitPrice', kind: 'number' },
    ],
    skip: ['Description', 'Country'],
  });
  const panel = toPanel(invoices, {
    ...{ by: 'StockCode', time: 'InvoiceDate', every: 'month', sum: 'Quantity' },
    except: { StockCode: /^(?!\d{5})/ },
    ...{ repeated: 'drop', returns: { undo: ['CustomerID'] } },
  });
  assert.deepEqual([panel.periods.first, panel.periods.count], ['2010-12-01', 12]);
  assert.ok(panel.series.length > 3500 && panel.series.length < 4100, `${panel.series.length} series`);
  // An order of 80,995 pieces that was cancelled within minutes was never demand.
  const most = panel.series.reduce((all, { values }) => values.reduce((a, b) => Math.max(a, b), all), 0);
  assert.ok(most < 70_000, `${most} in a month`);
  assert.ok(
    panel.notes.includes('Left out: the month 2011-12-01, which is not whole.'),
    panel.notes.join(' '),
  );
  assert.ok(panel.counts);
});
