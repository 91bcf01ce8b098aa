/** Workbooks and Parquet files, written by openpyxl and pyarrow (fixtures/make_workbooks.py), are read as the CSV they could be. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { optionalPackage } from '../../optional-package.js';
import { Problem } from '../../problem.js';
import { findRoot } from '../../workspace.js';
import type { CsvColumn } from '../csv/csv.js';
import { type ReadCsvTableOptions, readCsvTable } from '../csv/read-csv-table.js';
import { detectDialect } from '../detect/detect-dialect.js';
import { csvOfCells } from './csv-of-cells.js';

const fixture = (name: string): string => join(findRoot(), 'src', 'table', 'file', 'fixtures', name);
const columns: readonly CsvColumn[] = [
  { name: 'ref', kind: 'category' },
  { name: 'age', kind: 'number' },
  { name: 'balance', kind: 'number' },
  { name: 'asked', kind: 'date' },
  { name: 'seen', kind: 'date' },
  { name: 'y', kind: 'category' },
];
const day = Date.UTC(2010, 11, 31);
const expected = [
  { ref: '007', age: 41, balance: 0.1, asked: day, seen: day + 34200000, y: 'true' },
  { ref: 'say "hi", you', age: null, balance: -1234567.5, asked: null, seen: null, y: 'false' },
  { ref: 'café', age: 33, balance: 1e-7, asked: Date.UTC(1999, 0, 2), seen: Date.UTC(1999, 0, 2), y: 'true' },
];
const rows = async (name: string, options: ReadCsvTableOptions = { columns }): Promise<unknown[]> => {
  const { table } = await readCsvTable(fixture(name), { skip: ['large', 'price'], ...options });
  return Array.from({ length: table.rowCount }, (_, row) => table.row(row));
};
const refusal = async (act: () => unknown): Promise<string> => {
  try {
    await act();
    return 'nothing';
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.message;
  }
};

for (const name of ['calls.xlsx', 'calls-snappy.parquet', 'calls-gzip.parquet', 'calls-zstd.parquet']) {
  test(`${name} has the rows that were written`, async () => {
    assert.deepEqual(await rows(name), expected);
    const { dialect, names } = await detectDialect(fixture(name));
    assert.deepEqual(dialect, { separator: ',' });
    assert.equal(names[0], 'ref');
  });
}

test('an encoding that was stated for texts does no harm to them', async () => {
  assert.deepEqual(await rows('calls.xlsx', { columns, dialect: { encoding: 'windows-1252' } }), expected);
});

test('a whole number of Parquet that a double rounds is refused, and kept as text', async () => {
  const large: CsvColumn[] = [{ name: 'large', kind: 'number' }];
  assert.match(
    await refusal(() => rows('calls-snappy.parquet', { columns: large, skip: 'any' })),
    /more digits than can be kept/,
  );
  const texts = (await rows('calls-snappy.parquet', { columns: undefined })) as {
    large: string;
    price: string;
  }[];
  assert.deepEqual(texts.map(({ large, price }) => [large, price]), [['9007199254740993', '1.5'], ['1', null], [null, '-0.25']]); // biome-ignore format: one thought
});

test('which of two sheets is meant must be said, and a column of lists is refused', async () => {
  const message = await refusal(() => rows('two-sheets.xlsx'));
  assert.match(message, /2 sheets with rows.*"Calls" or "Notes".*sheet: 'Calls'/s);
  assert.deepEqual(await rows('two-sheets.xlsx', { columns, dialect: { sheet: 'Calls' } }), expected);
  assert.match(
    await refusal(() => rows('two-sheets.xlsx', { dialect: { sheet: 'calls' } })),
    /no sheet "calls"/,
  );
  assert.match(
    await refusal(() => rows('nested.parquet', { columns: undefined })),
    /column "tags": the column holds lists/i,
  );
});

test('without the package a sentence says what to install', async () => {
  const load = (): Promise<unknown> => import('no-such-package-of-ours' as string);
  const options = {
    code: 'csv-needs-package',
    what: 'Excel workbooks',
    packages: 'read-excel-file',
    name: 'calls.xlsx',
  };
  assert.match(
    await refusal(() => optionalPackage(load, options)),
    /calls\.xlsx.*Excel workbooks need a package that is not installed.*npm install read-excel-file/is,
  );
});

test('cells become CSV that says the same', () => {
  const cells = [['a,b', 1, -0, 10n, true, new Date(day), null, Number.NaN]];
  const where = { file: 'x', names: cells[0]! };
  assert.equal(Buffer.from(csvOfCells(cells, where)).toString(), '"a,b",1,-0,10,true,2010-12-31,,\n');
  assert.throws(
    () => csvOfCells([[{ a: 1 }]], { file: 'x', names: ['s'] }),
    /column "s": the column holds structures/i,
  );
});
