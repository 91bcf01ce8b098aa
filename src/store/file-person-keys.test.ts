import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Problem } from '../problem.js';
import { filePersonKeys } from './file-person-keys.js';

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-keys-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

type Line = { salt?: string; person?: string; id?: string; key?: string };
const linesOf = (folder: string): Line[] =>
  readFileSync(join(folder, 'keys.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test('a person has one key, and in each log another name: every file has a salt of its own', async (t) => {
  const folders = [folderFor(t), folderFor(t)];
  const lines: Line[][] = [];
  for (const folder of folders) {
    const keys = filePersonKeys(folder);
    const key = keys.of('ana maria');
    assert.deepEqual(keys.of('ana maria'), key);
    assert.notDeepEqual(keys.of('bea'), key);
    assert.deepEqual([key.key.length, /^[0-9a-f]{24}$/.test(key.id)], [32, true]);
    await keys.save();
    assert.deepEqual(filePersonKeys(folder).find(key.id), key);
    assert.deepEqual(filePersonKeys(folder).of('ana maria'), key);
    lines.push(linesOf(folder));
  }
  const [one, other] = lines as [Line[], Line[]];
  assert.match(one[0]!.salt!, /^[0-9a-f]{32}$/);
  for (const name of ['salt', 'person', 'id', 'key'] as const) {
    const place = name === 'salt' ? 0 : 1;
    assert.notEqual(one[place]![name], other[place]![name], name);
  }
  assert.deepEqual([one.length, JSON.stringify(one).includes('ana maria')], [3, false]);
});

test('a key that was thrown away is known as such, and a person who comes again gets a new one', async (t) => {
  const folder = folderFor(t);
  const keys = filePersonKeys(folder);
  const before = keys.of('ana');
  await keys.save();
  assert.equal(await filePersonKeys(folder).forget('ana'), before.id);
  assert.equal(await filePersonKeys(folder).forget('nobody'), undefined);
  assert.deepEqual([keys.find(before.id), keys.isForgotten(before.id)], [undefined, true]);
  assert.notDeepEqual(keys.of('ana').id, before.id);
});

test('a line that is no key is told with its number', async (t) => {
  const folder = folderFor(t);
  const keys = filePersonKeys(folder);
  keys.of('ana');
  await keys.save();
  appendFileSync(join(folder, 'keys.ndjson'), 'not a key\n');
  assert.throws(
    () => filePersonKeys(folder).load(),
    (error) => error instanceof Problem && error.issues[0]!.where?.line === 3,
  );
});
