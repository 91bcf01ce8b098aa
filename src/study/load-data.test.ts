/** A study's data are read in the dialect that it states, and the dialect goes with them into the artefact. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { number, yesNo } from '../schema/column-types.js';
import { defineSchema } from '../schema/define-schema.js';
import type { Dialect } from '../table/dialect.js';
import { toWindows1252 } from '../table/file/windows-1252.js';
import { loadData } from './load-data.js';

const schema = defineSchema({
  moment: 'the offer is sent',
  target: yesNo('y', { yes: 'sí', no: 'no' }),
  before: { paid: number({ optional: true }) },
});
const dialect: Dialect = {
  encoding: 'windows-1252',
  separator: ';',
  decimal: ',',
  missing: ['n/a'],
  header: ['paid', 'y'],
};
const text = '1,5;sí\n"n/a";no\n2,25;sí\n';

test('a file is read in the stated dialect, which stays with its rows', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'alambique-load-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'pagos.csv'), toWindows1252(text));
  const { table, source } = await loadData({ file: 'pagos.csv', dialect }, schema, { raw: folder });
  assert.deepEqual([...table.numbers('paid')], [1.5, Number.NaN, 2.25]);
  assert.deepEqual([...table.categories('y').codes], [1, 0, 1]);
  assert.deepEqual(source.dialect, dialect);
});

test('simulated rows are written in the dialect in which they are read', async (t) => {
  const raw = await mkdtemp(join(tmpdir(), 'alambique-load-'));
  t.after(() => rm(raw, { recursive: true }));
  const spec = { file: 'pagos.csv', dialect, simulate: () => text };
  const { table, source } = await loadData(spec, schema, { raw, use: 'simulated' });
  assert.equal(source.simulated, true);
  assert.deepEqual([...table.categories('y').codes], [1, 0, 1]);
  assert.deepEqual(await readFile(join(raw, 'simulated-pagos.csv')), Buffer.from(toWindows1252(text)));
});
