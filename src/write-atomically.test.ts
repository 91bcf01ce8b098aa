/** Writing in one step: nothing half-written stands under a real name, and leftovers are cleared. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sweep, writeFileAtomically, writeFolderAtomically } from './write-atomically.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique-'));
after(() => rmSync(folder, { recursive: true }));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a file is replaced whole, its folder made where there is none', () => {
  const path = join(folder, 'a', 'b', 'text');
  writeFileAtomically(path, 'old');
  writeFileAtomically(path, bytes('new'));
  assert.equal(readFileSync(path, 'utf8'), 'new');
  assert.deepEqual(readdirSync(join(folder, 'a', 'b')), ['text']);
});

test('a folder appears with all of its files; one that holds something stays as it is', () => {
  const path = join(folder, 'models', 'one');
  writeFolderAtomically(path, new Map([['x', bytes('1')], ['y', bytes('2')]])); // biome-ignore format: one line
  assert.deepEqual(readdirSync(path), ['x', 'y']);
  assert.throws(() => writeFolderAtomically(path, new Map([['z', bytes('3')]])));
  assert.deepEqual(readdirSync(path), ['x', 'y']);
  assert.deepEqual(readdirSync(join(folder, 'models')), ['one']);
});

test('what fails leaves the old content and nothing else', () => {
  const path = join(folder, 'taken');
  mkdirSync(path);
  writeFileSync(join(path, 'inside'), 'kept');
  assert.throws(() => writeFileAtomically(path, 'a file where a folder stands'));
  assert.equal(readFileSync(join(path, 'inside'), 'utf8'), 'kept');
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith('.tmp')), []); // biome-ignore format: one line
});

test('leftovers of processes that are gone are cleared; those at work and other files are left alone', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const place = join(folder, 'swept');
  mkdirSync(join(place, `v1.${gone}.alambique.tmp`), { recursive: true });
  writeFileSync(join(place, `v1.${gone}.alambique.tmp`, 'part'), 'half');
  const kept = [`x.${process.ppid}.alambique.tmp`, `mine.${gone}.tmp`, 'notes.alambique.tmp', 'aliases.json'];
  for (const name of kept) writeFileSync(join(place, name), '');
  sweep(place);
  assert.deepEqual(readdirSync(place).sort(), [...kept].sort());
  sweep(join(folder, 'not there'));
  assert.ok(!existsSync(join(folder, 'not there')));
});
