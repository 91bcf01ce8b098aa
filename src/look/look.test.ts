/** A generated file with everything planted that a look should find; what it says is compared name by name. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { seededRandom } from '../random.js';
import type { ColumnLook, Look } from './look.js';
import { look } from './look-at-file.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique look '));
after(() => rmSync(folder, { recursive: true }));

const random = seededRandom(5);
const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)]!;
const rows = 3000;
const pad = (value: number): string => String(value).padStart(2, '0');

/** A column for each thing to find, a value a row. */
const planted: Readonly<Record<string, (row: number) => string>> = {
  order_id: (row) => String(100_000 + 7 * row),
  client_id: (row) => `C${10_000 + Math.floor((row * 37) % 600)}`,
  ordered_on: (row) =>
    new Date(Date.UTC(2023, 0, 1) + Math.floor(row / 4) * 86_400_000).toISOString().slice(0, 10),
  born: () => `${1 + random.integer(12)}/${1 + random.integer(28)}/${1950 + random.integer(50)}`,
  until: () =>
    random.uniform() < 0.3
      ? '9999-12-31'
      : `2026-${pad(1 + random.integer(12))}-${pad(1 + random.integer(28))}`,
  age: () => (random.uniform() < 0.05 ? '-1' : String(18 + random.integer(60))),
  visits: () => (random.uniform() < 0.05 ? '999' : String(random.integer(40))),
  income: () => (random.uniform() < 0.1 ? 'NA' : (2000 + 900 * random.normal()).toFixed(2)),
  discount: () => `${random.integer(30)}%`,
  town: () => (random.uniform() < 0.1 ? '?' : pick(['Porto', 'Faro', 'Braga'])),
  drink: () => pick(['tea', 'Tea', 'tea ', 'coffee', 'caf\u00e9', 'cafe\u0301']),
  newsletter: () => pick(['Y', 'N']),
  country: () => 'Portugal',
  note: (row) => `client number ${row} wrote ${random.integer(1000)} words`,
  postcode: () => `0${1000 + random.integer(90)}`,
  empty: () => '',
  closed_at: () => (random.uniform() < 0.5 ? '' : `2025-${pad(1 + random.integer(12))}-10`),
  churned: () => pick(['yes', 'no', 'no']),
};

let seen: Look;
before(async () => {
  const names = Object.keys(planted);
  const quoted = (text: string): string => (/[",]/.test(text) ? `"${text}"` : text);
  const lines = Array.from({ length: rows }, (_, row) =>
    names.map((name) => quoted(planted[name]!(row))).join(','),
  );
  const path = join(folder, 'orders.csv');
  writeFileSync(path, `${names.join(',')}\n${lines.join('\n')}\n`);
  seen = await look(path);
});

const column = (name: string): ColumnLook => seen.columns.find((one) => one.name === name)!;
const codes = (name: string): string[] => column(name).missingCodes.map(({ level }) => level);

test('every column is taken for what it is', () => {
  assert.deepEqual(Object.fromEntries(seen.columns.map(({ name, kind }) => [name, kind])), {
    order_id: 'id',
    client_id: 'id',
    ordered_on: 'date',
    born: 'date',
    until: 'date',
    age: 'number',
    visits: 'number',
    income: 'number',
    discount: 'number',
    town: 'category',
    drink: 'category',
    newsletter: 'yesNo',
    country: 'category',
    note: 'text',
    postcode: 'category',
    empty: 'category',
    closed_at: 'date',
    churned: 'yesNo',
  });
  assert.equal(seen.rowCount, rows);
});

test('codes that stand for no value are found, as numbers, dates and words; zeros and small numbers are left alone', () => {
  assert.deepEqual([codes('age'), codes('visits'), codes('income')], [['-1'], ['999'], ['NA']]);
  assert.deepEqual([codes('until'), codes('town'), codes('closed_at')], [['9999-12-31'], ['?'], ['']]);
  for (const name of ['order_id', 'discount', 'drink', 'postcode', 'born', 'churned'])
    assert.deepEqual(codes(name), [], name);
  assert.equal(column('empty').missing, rows);
});

test('units, formats and answers are told', () => {
  assert.deepEqual([column('age').unit, column('discount').unit], ['years', '%']);
  assert.deepEqual(
    ['ordered_on', 'born', 'until'].map((name) => column(name).format),
    ['iso', 'mdy', 'iso'],
  );
  assert.deepEqual([column('newsletter').yes, column('newsletter').no], ['Y', 'N']);
  assert.deepEqual(column('age').range, ['18', '77']);
});

test('near-duplicates of levels: case, blanks, two forms of one letter', () => {
  const groups = column('drink').nearDuplicates.map((group) => [...group].sort().join('|'));
  assert.deepEqual(groups.sort(), ['Tea|tea|tea ', 'cafe\u0301|caf\u00e9'].sort());
});

test('constants, the order of the rows, groups and the target', () => {
  assert.deepEqual(
    seen.columns.filter(({ constant }) => constant).map(({ name }) => name),
    ['country', 'empty'],
  );
  assert.equal(seen.order?.by, 'ordered_on');
  assert.deepEqual(
    seen.groups.map(({ column, values }) => [column, values]),
    [['client_id', 600]],
  );
  assert.equal(seen.targets[0]?.column, 'churned');
});

test('questions ask what the file cannot tell', () => {
  const asked = seen.questions.join('\n');
  for (const words of [
    /Is `closed_at` known when you decide/,
    /Does -1 in `age` mean "no value"\? 1\d\d rows/,
    /Does 999 in `visits`/,
    /9999-12-31 in `until`/,
    /"tea ".* in `drink` one level/,
    /Do the rows stand in time order/,
    /rows of one `client_id` belong together/,
  ])
    assert.match(asked, words);
  assert.doesNotMatch(asked, /`churned` known/, 'the likeliest target is what is predicted');
  assert.deepEqual(column('closed_at').questions.slice(0, 1), [
    'Is `closed_at` known when you decide? Its name says "closed".',
  ]);
});

test('what it says can be read back by its own dialect', () => {
  assert.deepEqual(seen.dialect.columns?.born, { date: 'mdy' });
  assert.deepEqual(seen.dialect.columns?.until, { date: 'iso', missing: ['9999-12-31'] });
  assert.equal(seen.dialect.columns?.discount?.unit, '%');
  assert.deepEqual([...(seen.dialect.missing ?? [])].sort(), ['?', 'NA']);
});

test('it shows itself as text, as escaped HTML, and as JSON', async () => {
  const text = inspect(seen);
  assert.match(text, /^orders\.csv: 3,000 rows × 18 columns; UTF-8, separated by commas, with a header\./);
  const path = join(folder, 'nasty.csv');
  writeFileSync(path, `<b>a</b>,c\n${'<script>x</script>,1\n<i>,2\n'.repeat(30)}`);
  const nasty = await look(path);
  const html = (nasty as unknown as { toHtml(): string }).toHtml();
  assert.ok(!/<script>|<b>|<i>/.test(html), html);
  const json = JSON.parse(JSON.stringify(seen)) as Look;
  assert.equal(json.columns.length, 18);
  assert.equal(json.columns[0]!.kind, 'id');
});
