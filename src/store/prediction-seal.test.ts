import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findSealed, formatSeal, nothingYet, parseSeal, type Seal, sealHash } from './prediction-seal.js';

const seal = (hash: string, own: Partial<Seal> = {}): Seal => ({
  records: 1,
  lost: 0,
  previous: nothingYet,
  hash,
  ...own,
});
const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => `{"id":"${i}","row":{"text":"${'x'.repeat(80)}"}}\n`).join('');

function folderOf(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-seal-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('a seal covers the hash before it, the lines as they stand, and how many were lost', async () => {
  const previous = 'a'.repeat(64);
  const body = Buffer.from('{"id":"1"}\n{"id":"2"}\n');
  const expected = createHash('sha256').update(`${previous}\n{"id":"1"}\n{"id":"2"}\n3\n`).digest('hex');
  assert.equal(await sealHash({ previous, lost: 3 }, body), expected);
});

test('a seal is read back as it was written; what is not whole is none', () => {
  const whole = seal('f'.repeat(64), { records: 7, lost: 2 });
  assert.deepEqual(parseSeal(formatSeal(whole).trimEnd()), whole);
  const broken = [
    '{"id":"1"}',
    '{"seal":',
    '{"seal":null}',
    ...(['records', 'lost', 'previous', 'hash'] as const).map((name) =>
      JSON.stringify({ seal: { ...whole, [name]: undefined } }),
    ),
    JSON.stringify({ seal: { ...whole, records: 1.5 } }),
    JSON.stringify({ seal: { ...whole, lost: '2' } }),
  ];
  for (const line of broken) assert.equal(parseSeal(line), undefined, line);
});

test('a folder without a commit has a chain that begins', async (t) => {
  assert.deepEqual(await findSealed(folderOf(t, {})), { hash: nothingYet, file: undefined, size: 0 });
  const torn = folderOf(t, { '2026-11-21.ndjson': lines(3), 'notes.txt': formatSeal(seal('c')) });
  assert.deepEqual(await findSealed(torn), { hash: nothingYet, file: '2026-11-21.ndjson', size: 0 });
  const empty = folderOf(t, { '2026-11-21.ndjson': '' });
  assert.deepEqual(await findSealed(empty), { hash: nothingYet, file: '2026-11-21.ndjson', size: 0 });
});

test('the chain ends at the last whole seal, whatever stands after it and however much', async (t) => {
  const [first, second] = [formatSeal(seal('1'.repeat(64))), formatSeal(seal('2'.repeat(64)))];
  const committed = lines(2) + first + lines(1) + second;
  const tails = {
    nothing: '',
    'a torn line': '{"id":"9',
    'a torn seal': second.slice(0, -5),
    'a whole seal without its line feed': formatSeal(seal('3'.repeat(64))).trimEnd(),
    'a seal that cannot be read': '{"seal":{"records":1}}\n',
    'lines of more than one block': lines(400),
    'lines of several blocks': lines(14_000),
  };
  for (const [what, tail] of Object.entries(tails)) {
    const folder = folderOf(t, {
      '2026-11-20.ndjson': lines(1) + first,
      '2026-11-21.ndjson': committed + tail,
    });
    const expected = { hash: '2'.repeat(64), file: '2026-11-21.ndjson', size: committed.length };
    assert.deepEqual(await findSealed(folder), expected, what);
  }
});

test('a seal is found in the file before one that has none, and where nothing stands before it', async (t) => {
  const first = formatSeal(seal('1'.repeat(64)));
  const expected = { hash: '1'.repeat(64), size: first.length };
  const alone = folderOf(t, { '2026-11-21.ndjson': first + lines(2) });
  assert.deepEqual(await findSealed(alone), { ...expected, file: '2026-11-21.ndjson' });
  const before = folderOf(t, { '2026-11-20.ndjson': first, '2026-11-21.ndjson': lines(2) });
  assert.deepEqual(await findSealed(before), { ...expected, file: '2026-11-20.ndjson' });
  const damaged = folderOf(t, { '2026-11-20.ndjson': first, '2026-11-21.ndjson': '{"seal":{}}\n' });
  assert.deepEqual(await findSealed(damaged), { ...expected, file: '2026-11-20.ndjson' });
});
