import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Problem } from '../../problem.js';
import { category, number, yesNo } from '../../schema/column-types.js';
import { realData, withoutRealData } from '../../testing/real-data.js';
import { definePanel } from './define-panel.js';
import { readPanel } from './read-panel.js';
import { counted, day, week } from './time-types.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique panels '));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function refused(read: Promise<unknown>, code: string, sentence: RegExp): Promise<void> {
  await assert.rejects(read, (error) => {
    assert.ok(error instanceof Problem, String(error));
    assert.equal(error.issues[0]!.code, code);
    assert.match(error.message, sentence);
    return true;
  });
}

const shop = definePanel({
  moment: 'the order is placed',
  series: ['Store', 'Product'],
  time: week('week'),
  target: number('sold', { integer: true }),
  available: yesNo('inStock', { yes: 'True', no: 'False' }),
  before: { Department: category() },
  ahead: { fair: yesNo() },
});

const wide = file('sales.csv', 'Store,Product,2026-11-02,2026-11-09\n0,tea,4,0\n0,milk,,7\n');
const stock = file('stock.csv', 'Store,Product,2026-11-02,2026-11-09\n0,milk,False,True\n0,tea,True,False\n');
const master = file('master.csv', 'Store,Product,Department\n0,tea,dry\n0,milk,cold\n');
const fairs = file('fairs.csv', 'week,fair\n2026-11-02,no\n2026-11-09,yes\n2026-11-16,no\n2026-11-23,yes\n');

test('a wide file, its stock, attributes and holidays make one panel; an empty field is no row', async () => {
  const panel = await readPanel({ wide, available: stock, attributes: master, ahead: fairs }, shop);
  assert.deepEqual(
    panel.series.map(({ key, start, values, available }) => [key[1], start, [...values], [...available!]]),
    [
      ['tea', 0, [4, 0], [1, 0]],
      ['milk', 1, [7], [1]],
    ],
  );
  assert.deepEqual(panel.attributes.row(1), { Department: 'cold' });
  assert.deepEqual(
    [panel.ahead[0]!.reach, panel.ahead[0]!.values.slice(0, 4)],
    [4, Float64Array.of(0, 1, 0, 1)],
  );
  assert.deepEqual([panel.periods.count, panel.source.name], [2, 'sales.csv']);
});

test('a long file may hold periods to come, and what is known ahead may differ between series', async () => {
  const schema = definePanel({
    moment: 'the day begins',
    series: ['id'],
    time: day('ds'),
    target: number('y'),
    ahead: { price: number() },
  });
  const long = file('long.csv', 'id,ds,y\na,2026-01-01,1\na,2026-01-02,2\nb,2026-01-02,3\n');
  const prices =
    'id,ds,price\na,2026-01-01,9\na,2026-01-02,9\nb,2026-01-02,5\na,2026-01-03,8\nb,2026-01-04,4\n';
  const apart = await readPanel({ long, ahead: file('prices.csv', prices) }, schema);
  const n = Number.NaN;
  assert.deepEqual(apart.ahead[0]!.values, Float64Array.of(9, 9, 8, n, n, 5, n, 4));
  const together =
    'id,ds,y,price\na,2026-01-01,1,9\na,2026-01-02,2,9\nb,2026-01-02,3,5\na,2026-01-03,,8\nb,2026-01-04,,4\n';
  const whole = await readPanel(file('together.csv', together), schema);
  assert.deepEqual(whole.ahead, apart.ahead);
  assert.deepEqual(whole.series, apart.series);
});

test('faults say file and line: a column that is no period, a file that lacks a series, stock that nobody declared', async () => {
  const strange = file('strange.csv', 'Store,Product,Colour,2026-11-02\n0,tea,red,4\n');
  await refused(
    readPanel({ wide: strange }, shop),
    'panel-bad-time',
    /strange.csv, line 1.*not a week, got "Colour"/,
  );
  const short = file('short.csv', 'Store,Product,2026-11-02,2026-11-09\n0,milk,False,True\n');
  await refused(
    readPanel({ wide, available: short }, shop),
    'panel-unlike-files',
    /short.csv: the file lacks a series that stands in line 2 of sales.csv/,
  );
  const narrow = file('narrow.csv', 'Store,Product,2026-11-02\n0,milk,False\n0,tea,True\n');
  await refused(readPanel({ wide, available: narrow }, shop), 'panel-unlike-files', /no column "2026-11-09"/);
  const { available, ...rest } = { ...shop, available: undefined };
  assert.equal(available, undefined);
  await refused(
    readPanel({ wide, available: stock }, { ...rest, available }),
    'panel-undeclared-stock',
    /stock.csv/,
  );
  const half = file('half.csv', 'Store,Product,2026-11-02\n0,tea,4.5\n');
  await refused(
    readPanel({ wide: half, attributes: master, ahead: fairs }, { ...shop, available: undefined }),
    'schema-not-an-integer',
    /half.csv, line 2/,
  );
  await refused(
    readPanel({ wide, available: stock, ahead: fairs }, shop),
    'schema-missing-column',
    /Department/,
  );
});

const sales = realData('vn2/sales.csv');

test('VN2: 599 series over 157 weeks, with their stock and groups', {
  skip: withoutRealData('vn2/sales.csv'),
}, async () => {
  const names = [
    'ProductGroup',
    'Division',
    'Department',
    'DepartmentGroup',
    'StoreFormat',
    'Format',
  ] as const;
  const schema = definePanel({
    ...{ moment: 'the order is placed', series: ['Store', 'Product'], time: week('week') },
    target: number('sold', { integer: true }),
    available: yesNo('inStock', { yes: 'True', no: 'False' }),
    before: Object.fromEntries(names.map((name) => [name, category()])),
  });
  const beside = (name: string): string => sales!.replace('sales.csv', name);
  const panel = await readPanel(
    { wide: sales!, available: beside('in-stock.csv'), attributes: beside('master.csv') },
    schema,
  );
  assert.deepEqual([panel.series.length, panel.periods.count, panel.periods.first], [599, 157, '2021-04-12']);
  assert.ok(panel.counts);
  assert.deepEqual(panel.attributes.names, names);
  assert.ok(panel.series.every(({ values, available }) => values.length === available!.length));
});

test('M4 weekly: columns that count periods, series that end where their fields do', {
  skip: withoutRealData('m4/Weekly-train.csv.gz'),
}, async () => {
  const schema = definePanel({
    ...{ moment: 'the week ends', series: ['V1'], time: counted('week'), seasons: [52] },
    target: number('y'),
  });
  const panel = await readPanel({ wide: realData('m4/Weekly-train.csv.gz')! }, schema);
  assert.equal(panel.series.length, 359);
  assert.equal(panel.series[0]!.values.length, 2179);
  assert.equal(panel.series[0]!.values[0], 1089.2);
});
