import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Problem } from '../../problem.js';
import type { CsvColumn } from './csv.js';
import { readCsvTable } from './read-csv-table.js';

const columns: CsvColumn[] = [
  { name: 'n', kind: 'number' },
  { name: 't', kind: 'category' },
];
// More than one chunk of a mebibyte, so that rows and the characters of 'ñ' straddle the cuts.
const rows = 70000;
const text = `n;t\n${Array.from({ length: rows }, (_, i) => `${i / 8};"ñ${'x'.repeat(10)}${i % 1000}"\n`).join('')}`;
let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alambique-read-'));
});
after(async () => {
  await rm(folder, { recursive: true });
});

for (const name of ['plain.csv', 'packed.csv.gz']) {
  test(`${name} is read whole, with the hash of the file as it lies on disk`, async () => {
    const bytes = name.endsWith('.gz') ? gzipSync(text) : Buffer.from(text);
    await writeFile(join(folder, name), bytes);
    const { table, sha256, separator, lineOf } = await readCsvTable(join(folder, name), { columns });
    assert.equal(table.rowCount, rows);
    assert.deepEqual(table.row(rows - 1), { n: (rows - 1) / 8, t: `ñxxxxxxxxxx${(rows - 1) % 1000}` });
    assert.ok(table.numbers('n').every((value, i) => value === i / 8));
    assert.equal(sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.equal(separator, ';');
    assert.equal(lineOf(rows - 1), rows + 1);
  });
}

test('with nothing declared all columns are read as texts, and only the rows that are wanted', async () => {
  await writeFile(join(folder, 'few.csv'), 'n,t\n1,x\n02,\n3,z\n');
  const { table } = await readCsvTable(join(folder, 'few.csv'));
  assert.deepEqual(table.row(1), { n: '02', t: null });
  assert.equal((await readCsvTable(join(folder, 'few.csv'), { rows: 2 })).table.rowCount, 2);
});

const code = async (name: string, content?: Uint8Array): Promise<string | undefined> => {
  if (content) await writeFile(join(folder, name), content);
  try {
    await readCsvTable(join(folder, name), { columns });
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.issues[0]?.code;
  }
};

test('a file that is not there, a folder, and a damaged archive are refused with their reason', async () => {
  assert.equal(await code('nothing.csv'), 'csv-unreadable');
  assert.equal(await code('.'), 'csv-unreadable');
  assert.equal(await code('text.csv.gz', Buffer.from('n;t\n1;x\n')), 'csv-bad-gzip');
  const cut = gzipSync(text);
  assert.equal(await code('cut.csv.gz', cut.subarray(0, cut.length / 2)), 'csv-bad-gzip');
  assert.equal(await code('empty.csv', new Uint8Array(0)), 'csv-empty');
});
