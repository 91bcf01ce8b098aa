/** `alambique look` for people and for programs. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

const { effects, workspace, taken, remove } = watchedEffects({});
after(remove);
const file = join(workspace.root, 'orders.csv');
const rows = Array.from(
  { length: 60 },
  (_, i) => `${i % 7},${i % 2 ? 'tea' : 'Tea'},${i % 3 ? 'no' : 'yes'}`,
);
writeFileSync(file, `cups;what;again\n${rows.join('\n').replaceAll(',', ';')}\n`);

test('it says what stands in a file, and how to go on', async () => {
  assert.equal(await runCommandLine(['look', file], effects), 0);
  const { out } = taken();
  assert.match(out, /^orders\.csv: 60 rows × 3 columns; UTF-8, separated by semicolons, with a header\./);
  assert.match(out, /near-duplicates: "(?:T|t)ea" "(?:T|t)ea"/);
  assert.match(out, /alambique new NAME --from .*orders\.csv --target again\n$/);
});

test('as JSON it has stable fields', async () => {
  assert.equal(await runCommandLine(['look', file, '--json'], effects), 0);
  const seen = JSON.parse(taken().out) as Record<string, unknown> & { columns: Record<string, unknown>[] };
  assert.deepEqual(Object.keys(seen), [
    'columns',
    'dialect',
    'file',
    'groups',
    'order',
    'questions',
    'rowCount',
    'targets',
  ]);
  const [cups] = seen.columns;
  assert.deepEqual([cups!.name, cups!.kind, cups!.distinct, cups!.missing], ['cups', 'number', 7, 0]);
});

test('a file that is not there, and none at all, are sentences', async () => {
  assert.equal(await runCommandLine(['look', 'nothing.csv'], effects), 1);
  assert.match(taken().err, /^nothing\.csv: there is no such file\./);
  assert.equal(await runCommandLine(['look'], effects), 2);
});
