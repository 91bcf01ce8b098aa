/** What a look must find is found however it is written: other dates, other codes, other ids, other orders. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { seededRandom } from '../random.js';
import type { Dialect } from '../table/dialect.js';
import type { ColumnLook, Look } from './look.js';
import { look } from './look-at-file.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique look variants '));
after(() => rmSync(folder, { recursive: true }));

const rows = 1200;
const random = seededRandom(21);
const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)]!;
const pad = (value: number): string => String(value).padStart(2, '0');
const dayOf = (row: number): Date => new Date(Date.UTC(2022, 0, 1) + Math.floor(row / 2) * 86_400_000);
const hex = (length: number): string =>
  Array.from({ length }, () => random.integer(16).toString(16)).join('');

async function lookAt(
  columns: Readonly<Record<string, (row: number) => string>>,
  { separator = ';', dialect = {} }: { separator?: string; dialect?: Dialect } = {},
): Promise<Look> {
  const lines = Array.from({ length: rows }, (_, row) =>
    Object.values(columns)
      .map((value) => value(row))
      .join(separator),
  );
  const path = join(folder, 'file.csv');
  writeFileSync(path, `${Object.keys(columns).join(separator)}\n${lines.join('\n')}\n`);
  return look(path, { dialect });
}

const other = { amount: () => (100 * random.uniform()).toFixed(2), again: () => pick(['yes', 'no']) };

async function seen(name: string, value: (row: number) => string): Promise<ColumnLook> {
  const { columns } = await lookAt({ ...other, [name]: value });
  return columns.find((column) => column.name === name)!;
}

const dates: Readonly<Record<string, readonly [format: string, (date: Date) => string]>> = {
  german: ['dmy', (d) => `${pad(d.getUTCDate())}.${pad(d.getUTCMonth() + 1)}.${d.getUTCFullYear()}`],
  american: ['mdy', (d) => `${d.getUTCMonth() + 1}/${d.getUTCDate()}/${d.getUTCFullYear()}`],
  compact: ['ymd', (d) => d.toISOString().slice(0, 10).replaceAll('-', '')],
  instant: ['iso', (d) => d.toISOString().slice(0, 19)],
  blank_between: ['iso', (d) => d.toISOString().slice(0, 19).replace('T', ' ')],
  month: ['ym', (d) => d.toISOString().slice(0, 7)],
  created_ts: ['epoch-seconds', (d) => String(d.getTime() / 1000)],
  timestamp: ['epoch-milliseconds', (d) => String(d.getTime())],
};
for (const [name, [format, write]] of Object.entries(dates)) {
  test(`dates as ${format}: ${name}`, async () => {
    const column = await seen(name, () => write(dayOf(random.integer(rows))));
    assert.deepEqual([column.kind, column.format], ['date', format]);
  });
}

const codes: Readonly<Record<string, readonly [code: string, (row: number) => string]>> = {
  minus_nine: ['-9', () => String(random.integer(30))],
  minus_999: ['-999', () => (40 * random.uniform()).toFixed(1)],
  nines: ['9999', () => String(random.integer(900))],
  ninety_nine: ['99', () => String(random.integer(60))],
  words: ['null', () => String(random.integer(30))],
  excel: ['#N/A', () => (40 * random.uniform()).toFixed(1)],
  unknown_among_numbers: ['unknown', () => String(random.integer(30))],
  first_of_time: ['1900-01-01', () => dayOf(random.integer(rows)).toISOString().slice(0, 10)],
  far: ['2999-12-31', () => dayOf(random.integer(rows)).toISOString().slice(0, 10)],
  slash: ['n/a', () => pick(['red', 'blue'])],
};
for (const [name, [code, value]] of Object.entries(codes)) {
  test(`the code ${code}`, async () => {
    const column = await seen(name, (row) => (row % 40 === 7 ? code : value(row)));
    assert.deepEqual(
      column.missingCodes.map(({ level, rows }) => [level, rows]),
      [[code, rows / 40]],
    );
  });
}

test('decimal points in a column of a file of decimal commas are said to be points', async () => {
  const columns = { comma: () => `${random.integer(90)},5`, point: () => `${random.integer(90)}.25` };
  const { columns: found, dialect } = await lookAt(columns, { dialect: { decimal: ',' } });
  assert.deepEqual(found.map(({ kind, whole }) => [kind, whole]), [['number', false], ['number', false]]); // biome-ignore format: one thought
  assert.deepEqual([dialect.decimal, dialect.columns], [',', { point: { decimal: '.' } }]);
});

test('numbers that are no codes: negative ones, a largest 99, zeros', async () => {
  const harmless: Readonly<Record<string, () => string>> = {
    balance: () => String(random.integer(200) - 100),
    percent: () => String(random.integer(100)),
    zeros: () => (random.uniform() < 0.7 ? '0' : String(random.integer(50))),
    step: () => String(random.integer(3) - 1),
  };
  for (const [name, value] of Object.entries(harmless)) {
    assert.deepEqual((await seen(name, value)).missingCodes, [], name);
  }
});

const ids: Readonly<Record<string, (row: number) => string>> = {
  uuid: () => `${hex(8)}-${hex(4)}-${hex(4)}-${hex(12)}`,
  mail: (row) => `client${row}@example.org`,
  row_number: (row) => String(row + 1),
  reference: (row) => `R-${(row * 7919) % 100_003}`,
  contract: (row) => String(5_000_000 + ((row * 7919) % 9973)),
};
for (const [name, value] of Object.entries(ids)) {
  test(`an id: ${name}`, async () => assert.equal((await seen(name, value)).kind, 'id'));
}

const groups: Readonly<Record<string, (row: number) => string>> = {
  household: (row) => String(900 + Math.floor(row / 4)),
  shop_id: () => String(1 + random.integer(12)),
  machine: () => `M-${pad(random.integer(80))}`,
  patient_no: () => String(random.integer(300)),
};
for (const [name, value] of Object.entries(groups)) {
  test(`a group: ${name}`, async () => {
    const { groups } = await lookAt({ ...other, [name]: value });
    assert.deepEqual(
      groups.map(({ column }) => column),
      [name],
    );
  });
}

const orders: Readonly<Record<string, readonly [by: string, (row: number) => string]>> = {
  day: ['day', (row) => dayOf(row).toISOString().slice(0, 10)],
  newest_first: [
    'newest_first',
    (row) =>
      dayOf(rows - row)
        .toISOString()
        .slice(0, 10),
  ],
  datum: ['datum', (row) => dates.german![1](dayOf(row))],
  year: ['year', (row) => String(2000 + Math.floor(row / 100))],
  month: ['rows', (row) => ['nov', 'dec', 'jan', 'feb', 'mar', 'apr'][Math.floor(row / 200)]!],
};
for (const [name, [by, value]] of Object.entries(orders)) {
  test(`an order: ${name}`, async () =>
    assert.equal((await lookAt({ ...other, [name]: value })).order?.by, by));
}

test('no order where dates and months stand anyhow', async () => {
  const { order } = await lookAt({
    ...other,
    day: () => dayOf(random.integer(rows)).toISOString().slice(0, 10),
    month: () => pick(['jan', 'feb', 'mar', 'apr']),
  });
  assert.equal(order, undefined);
});

test('levels that differ in case, in blanks of any kind, or in width', async () => {
  const levels = ['Porto', 'porto', 'Porto\u00a0', 'Vila  Real', 'Vila Real', 'Ｆaro', 'Faro'];
  const { nearDuplicates } = await seen('town', () => pick(levels));
  assert.deepEqual(nearDuplicates.map((group) => group.length).sort(), [2, 2, 3]);
});
