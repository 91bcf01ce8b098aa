import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Separator } from '../dialect.js';
import { type Column, categoryColumn, dateColumn, numberColumn, Table, table } from '../table.js';
import { formatCsv } from './format-csv.js';
import { parseCsv } from './parse-csv.js';
import { writeCsv } from './write-csv.js';

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\t', '|', ' ', '\ufeff', 'a'),
    minLength: 1,
    maxLength: 5,
  }),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const instants = fc.integer({ min: -62167219200000, max: 253402300799999 });

const columns = (rows: number): fc.Arbitrary<Column[]> => {
  const length = { minLength: rows, maxLength: rows };
  const kinds = (name: string): fc.Arbitrary<Column> =>
    fc.oneof(
      fc
        .array(maybe(fc.double({ noNaN: true, noDefaultInfinity: true })), length)
        .map((values) => numberColumn(name, values)),
      fc.array(maybe(instants), length).map((values) => dateColumn(name, values)),
      fc.array(maybe(nasty), length).map((values) => categoryColumn(name, values)),
    );
  return fc
    .uniqueArray(nasty, { minLength: 1, maxLength: 5 })
    .chain((names) => fc.tuple(...names.map(kinds)));
};
const tables = fc
  .integer({ min: 1, max: 6 })
  .chain((rows) => columns(rows).map((list) => new Table(list, rows)));

test('any table comes back from its CSV, whatever the separator', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom<Separator>(',', ';', '\t', '|'), (before, separator) => {
      const text = formatCsv(before, { separator });
      const after = parseCsv(text, { columns: before.columns, dialect: { separator } }).table;
      assert.deepStrictEqual(after.columns, before.columns);
    }),
    { numRuns: 500 },
  );
});

test('what CSV cannot hold is refused, not changed', () => {
  const refuses = (column: Column, code: RegExp): void => {
    assert.throws(() => formatCsv(table([column])), code);
  };
  refuses(numberColumn('a', [1, Infinity]), /row 1, column "a"/i);
  refuses(dateColumn('a', [8e15]), /cannot hold this date/);
  refuses(categoryColumn('a', ['']), /read back as missing/);
  refuses(categoryColumn('a', ['\ud800']), /not Unicode/);
});

test('writeCsv leaves the whole file and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'alambique-csv-'));
  try {
    const many = table([
      numberColumn(
        'a',
        Float64Array.from({ length: 20000 }, (_, i) => i / 7),
      ),
    ]);
    await writeCsv(join(folder, 'a.csv'), many);
    assert.deepEqual(await readdir(folder), ['a.csv']);
    assert.equal(await readFile(join(folder, 'a.csv'), 'utf8'), formatCsv(many));
    await assert.rejects(
      writeCsv(join(folder, 'a.csv'), table([numberColumn('a', [Infinity])])),
      /cannot hold/,
    );
    assert.deepEqual(await readdir(folder), ['a.csv']);
    assert.equal(await readFile(join(folder, 'a.csv'), 'utf8'), formatCsv(many), 'the older file stays');
  } finally {
    await rm(folder, { recursive: true });
  }
});
