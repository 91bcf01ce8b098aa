/** CSV as databases write it, as typed rows and as Parquet: every type, every null, every empty text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { findRoot } from '../../workspace.js';
import { batchesOfCsv } from './batches-of-csv.js';
import { csvOfRows } from './csv-of-rows.js';
import { parquetOfCsv } from './parquet-of-batches.js';
import type { RowColumn } from './rows.js';

const fixtures = join(findRoot(), 'src', 'io', 'rows', 'fixtures');

/** A column of each type; the rows are as PostgreSQL 15 writes them with COPY … TO STDOUT (FORMAT csv, HEADER). */
const columns: readonly RowColumn[] = [
  { name: 'flag', type: 'boolean' },
  { name: 'small', type: 'integer' },
  { name: 'large', type: 'bigint' },
  { name: 'ratio', type: 'double' },
  { name: 'price', type: 'decimal', precision: 10, scale: 2 },
  { name: 'exact', type: 'decimal', precision: 30, scale: 12 },
  { name: 'day', type: 'date' },
  { name: 'local', type: 'timestamp' },
  { name: 'instant', type: 'timestamptz' },
  { name: 'text', type: 'string' },
];
const csv = [
  'flag,small,large,ratio,price,exact,day,local,instant,text',
  't,1,9007199254740993,0.1,142857.14,123456789012345678.123456789012,2026-11-28,2026-11-28 02:00:00,2026-11-28 02:00:00+00,plain',
  'f,-2147483648,-9223372036854775808,-1.5e-300,-0.01,-0.000000000001,1969-12-31,1969-12-31 23:59:59.999999,2026-03-29 03:30:00.25+02,"say ""hi"", you"',
  ',,,,,,,,,',
  't,2147483647,9223372036854775807,Infinity,1.00,0.000000000000,0099-03-01,2262-04-12 00:00:00.000001,2026-11-28 02:00:00-05:30,""',
  'f,0,0,0,0.00,1.000000000000,2024-02-29,2024-02-29 12:00:00,2024-02-29 12:00:00Z,"two\nlines, ñ €"',
  '',
].join('\n');
const micros = (time: number, more = 0n): bigint => BigInt(time) * 1000n + more;
const values: readonly (readonly unknown[])[] = [
  [true, false, null, true, false],
  [1, -2147483648, null, 2147483647, 0],
  [9007199254740993n, -9223372036854775808n, null, 9223372036854775807n, 0n],
  [0.1, -1.5e-300, null, Infinity, 0],
  [142857.14, -0.01, null, 1, 0],
  ['123456789012345678.123456789012', '-0.000000000001', null, '0.000000000000', '1.000000000000'],
  [20785, -1, null, -683309, 19782],
  [micros(Date.UTC(2026, 10, 28, 2)), -1n, null, micros(Date.UTC(2262, 3, 12), 1n), micros(Date.UTC(2024, 1, 29, 12))], // biome-ignore format: one thought
  [micros(Date.UTC(2026, 10, 28, 2)), micros(Date.UTC(2026, 2, 29, 1, 30), 250_000n), null, micros(Date.UTC(2026, 10, 28, 7, 30)), micros(Date.UTC(2024, 1, 29, 12))], // biome-ignore format: one thought
  ['plain', 'say "hi", you', null, '', 'two\nlines, ñ €'],
];

async function* cut(text: string, length: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function rowsOf(
  text: string,
  {
    length = text.length,
    rowsAtOnce = 100,
    of = columns,
  }: { length?: number; rowsAtOnce?: number; of?: readonly RowColumn[] } = {},
): Promise<unknown[][]> {
  // biome-ignore format: one thought
  const all: unknown[][] = of.map(() => []);
  for await (const batch of batchesOfCsv(cut(text, length), { columns: of, file: 'x', rowsAtOnce })) {
    assert.ok(batch.rows > 0 && batch.rows <= rowsAtOnce);
    batch.columns.forEach((cells, j) => {
      assert.equal(cells.length, batch.rows);
      all[j]!.push(...cells);
    });
  }
  return all;
}

test('each type is read exactly, nothing as null and "" as a text, however the bytes are cut', async () => {
  for (const length of [1, 2, 3, 7, 64, 10_000])
    for (const rowsAtOnce of [1, 2, 100])
      assert.deepEqual(await rowsOf(csv, { length, rowsAtOnce }), values, `${length}, ${rowsAtOnce}`);
  assert.deepEqual(await rowsOf(csv.replaceAll('\n', '\r\n').replace('two\r\n', 'two\n')), values);
  assert.deepEqual(await rowsOf(csv.trimEnd()), values);
});

test('what is no value of its type, a wrong header and a wrong number of fields have a sentence with their place', async () => {
  const message = async (text: string, of: RowColumn['type'] = 'integer'): Promise<string> => {
    const two: RowColumn[] = [{ name: 'a', type: of }, { name: 'b', type: 'string' }]; // biome-ignore format: one thought
    const error = await rowsOf(text, { of: two }).then(
      () => assert.fail(text),
      (problem: unknown) => problem,
    );
    assert.ok(error instanceof Problem && error.issues[0]!.code === 'io-csv', String(error));
    return error.message;
  };
  assert.match(await message('a,b\n1,x\n1.5,y\n'), /line 3, column "a": this is no integer, got "1.5"/);
  for (const [type, wrong] of Object.entries({ integer: ['2147483648', 'x', '', '-'], bigint: ['9223372036854775808', '1e3'], boolean: ['yes', 'T'], double: ['1,5', 'x'], date: ['infinity', '2026-02-30', '2026-1-1', '0044-03-15 BC'], timestamptz: ['infinity', '2026-11-28 25:00:00+00', '2026-11-28 02:00:00 PM', '2026-11-28 02:00'] })) // biome-ignore format: one thought
    for (const text of wrong) assert.match(await message(`a,b\n"${text}",x\n`, type as RowColumn['type']), /this is no/, `${type} ${text}`); // biome-ignore format: one thought
  assert.match(await message('a,c\n1,x\n'), /header names another column, got "c"/);
  assert.match(await message('a,b\n1\n'), /1 fields/);
  assert.match(await message('a,b\n1,2,3\n'), /3 fields/);
  assert.match(await message('a,b\n1,"x"y\n'), /where none belongs/);
  assert.match(await message(''), /no header/);
});

test('days and decimals are those that the language itself reads', async () => {
  const of: RowColumn[] = [{ name: 'd', type: 'date' }, { name: 'n', type: 'double' }]; // biome-ignore format: one thought
  const day = fc.integer({ min: -719_162, max: 2_932_896 });
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.tuple(fc.integer(), fc.nat({ max: 9 })).map(([whole, scale]) => Number((whole / 7).toFixed(scale)))); // biome-ignore format: one thought
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(day, number), { minLength: 1 }), async (rows) => {
      const lines = rows.map(([d, n]) => `${new Date(d * 86_400_000).toISOString().slice(0, 10)},${Object.is(n, -0) ? '-0' : n}\n`); // biome-ignore format: one thought
      assert.deepEqual(await rowsOf(`d,n\n${lines.join('')}`, { of }), [
        rows.map(([d]) => d),
        rows.map(([, n]) => n),
      ]);
    }),
    { numRuns: 200, seed: 7 },
  );
});

test('rows as CSV come back the same, null and an empty text told apart', async () => {
  const of: RowColumn[] = [{ name: 'a', type: 'string' }, { name: 'b', type: 'string' }]; // biome-ignore format: one thought
  const cell = fc.oneof(fc.constant(null), fc.constant(''), fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ñ', '\ufeff') })); // biome-ignore format: one thought
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, length) => {
        // biome-ignore format: one thought
        const names = ['a', 'b'];
        const text = Buffer.from(csvOfRows([names, ...rows], { file: 'x', names })).toString();
        assert.deepEqual(await rowsOf(text, { of, length }), [rows.map(([a]) => a), rows.map(([, b]) => b)]);
      },
    ),
    { numRuns: 200, seed: 7 },
  );
});

test('Parquet is written as pyarrow and DuckDB read it (fixtures/read_parquet.py), in groups of any size', async () => {
  const parts: Uint8Array[] = [];
  for await (const part of parquetOfCsv(cut(csv, 50), { columns, file: 'x', rowsAtOnce: 2 }))
    parts.push(part);
  const file = Buffer.concat(parts);
  assert.deepEqual(file, readFileSync(join(fixtures, 'types.parquet')));
  const { parquetReadObjects, parquetMetadata } = await import('hyparquet');
  const metadata = parquetMetadata(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
  assert.deepEqual(metadata.row_groups.map(({ num_rows }) => Number(num_rows)), [2, 2, 1]); // biome-ignore format: one thought
  const read = await parquetReadObjects({ file: { byteLength: file.length, slice: (from, to) => file.buffer.slice(file.byteOffset + from, file.byteOffset + (to ?? file.length)) as ArrayBuffer } }); // biome-ignore format: one thought
  for (const name of ['flag', 'small', 'large', 'ratio', 'exact', 'text'])
    assert.deepEqual(read.map((row) => row[name] ?? null), values[columns.findIndex((column) => column.name === name)], name); // biome-ignore format: one thought
  assert.deepEqual(read[0]!.day, new Date(Date.UTC(2026, 10, 28)));
  assert.deepEqual(read[1]!.instant, new Date(Date.UTC(2026, 2, 29, 1, 30, 0, 250)));
});

test('without rows the file has the columns', async () => {
  const parts: Uint8Array[] = [];
  for await (const part of parquetOfCsv(cut('a\n', 9), { columns: [{ name: 'a', type: 'date' }], file: 'x' })) parts.push(part); // biome-ignore format: one thought
  const file = Buffer.concat(parts);
  const { parquetMetadata } = await import('hyparquet');
  const { num_rows, schema } = parquetMetadata(file.buffer.slice(file.byteOffset, file.byteOffset + file.length)); // biome-ignore format: one thought
  assert.equal(num_rows, 0n);
  assert.equal(schema[1]!.name, 'a');
});
