/** The store: what is kept is found again by version or alias, and nothing outside its folder can be named. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { Problem } from '../problem.js';
import { numberedVersion } from '../testing/numbered-version.js';
import {
  listStudies,
  listVersions,
  readAliases,
  readArtefactFiles,
  resolveReference,
  type StoredArtefact,
  setAlias,
  writeArtefact,
} from './artefact-store.js';

const root = mkdtempSync(join(tmpdir(), 'alambique-'));
after(() => rmSync(root, { recursive: true }));
let folder = '';
let count = 0;
beforeEach(() => {
  folder = join(root, String(count++));
});

const study = 'bank-marketing';
const files = new Map([['model.json', Uint8Array.of(1, 2, 3)], ['empty', new Uint8Array()]]); // biome-ignore format: one line
const [old, recent] = [1, 2].map((number) => numberedVersion('0123456789abcdef', number)) as [string, string];
const kept = (version: string): StoredArtefact => ({ study, version, files });

test('what is written is read back byte for byte, by version, by alias, and as the champion', () => {
  writeArtefact(kept(recent), { folder });
  writeArtefact(kept(old), { folder });
  setAlias(study, 'champion', old, { folder });
  setAlias(study, 'challenger-2', recent, { folder });
  assert.deepEqual(listStudies({ folder }), [study]);
  assert.deepEqual(listVersions(study, { folder }), [old, recent]);
  assert.deepEqual(readAliases(study, { folder }), { champion: old, 'challenger-2': recent });
  assert.deepEqual(readArtefactFiles(study, { folder }), kept(old));
  assert.deepEqual(readArtefactFiles(`${study}@challenger-2`, { folder }), kept(recent));
  assert.deepEqual(resolveReference(`${study}@${recent}`, { folder }), { study, version: recent });
  setAlias(study, 'champion', recent, { folder });
  assert.equal(resolveReference(study, { folder }).version, recent);
});

test('writing the same version again changes nothing', () => {
  writeArtefact(kept(old), { folder });
  writeArtefact({ ...kept(old), files: new Map() }, { folder });
  assert.deepEqual(readArtefactFiles(`${study}@${old}`, { folder }), kept(old));
});

test('an empty store says what to do; one that has others says which', () => {
  assert.deepEqual(listStudies({ folder }), []);
  assert.deepEqual(listVersions(study, { folder }), []);
  refuses(
    () => resolveReference(study, { folder }),
    'store-unknown-artefact',
    /"npx alambique run bank-marketing" makes one/,
  );
  writeArtefact(kept(old), { folder });
  const noAlias = refuses(() => resolveReference(study, { folder }), 'store-unknown-artefact');
  assert.equal(
    noAlias.message,
    `There is no artefact "champion" of the study "${study}". Expected the version "${old}".`,
  );
  setAlias(study, 'champion', old, { folder });
  refuses(() => resolveReference(`${study}@prime`, { folder }), 'store-unknown-artefact', /alias "champion"/);
  refuses(() => setAlias(study, 'next', recent, { folder }), 'store-unknown-artefact');
});

test('an alias whose version is gone is said to be so', () => {
  for (const version of [old, recent]) writeArtefact(kept(version), { folder });
  setAlias(study, 'champion', old, { folder });
  rmSync(join(folder, study, old), { recursive: true });
  refuses(
    () => resolveReference(study, { folder }),
    'store-unknown-artefact',
    new RegExp(`no artefact "${old}"`),
  );
});

test('no name leads out of the store, and none that objects are born with means anything', () => {
  writeArtefact(kept(old), { folder });
  const names = ['..', '../x', 'a/b', 'a\\b', '', 'A', '.', 'a\0b', '/etc', 'x'.repeat(300), 'constructor/'];
  for (const name of names) {
    for (const reference of [name, `${name}@champion`, `${study}@${name}`]) {
      assert.throws(() => readArtefactFiles(reference, { folder }), Problem, reference);
    }
    refuses(() => writeArtefact({ study, version: name, files }, { folder }), 'store-reference');
    if (!/^x+$/.test(name))
      refuses(() => writeArtefact({ ...kept(old), study: name }, { folder }), 'store-reference');
    if (!/^x+$/.test(name)) refuses(() => setAlias(study, name, old, { folder }), 'store-reference');
  }
  for (const name of ['constructor', '__proto__', 'to-string', `${old}@x`, 'a@b'])
    assert.throws(() => resolveReference(`${study}@${name}`, { folder }), Problem, name);
});

test('a damaged list of aliases and a strange thing in an artefact are refused with the file', () => {
  writeArtefact(kept(old), { folder });
  const list = join(folder, study, 'aliases.json');
  writeFileSync(list, '{"champion":');
  refuses(() => resolveReference(study, { folder }), 'store-damaged', /aliases\.json/);
  assert.deepEqual(resolveReference(`${study}@${old}`, { folder }), { study, version: old });
  writeFileSync(list, '["champion"]');
  refuses(() => resolveReference(study, { folder }), 'store-damaged', /aliases\.json/);
  writeFileSync(list, `{"champion":"../../${old}"}`);
  refuses(() => resolveReference(study, { folder }), 'store-unknown-artefact');
  mkdirSync(join(folder, study, old, 'more'));
  refuses(() => readArtefactFiles(`${study}@${old}`, { folder }), 'artefact-altered', /more/);
});

test('what else lies in the folder is no study and no version', () => {
  writeArtefact(kept(old), { folder });
  for (const name of ['.DS_Store', 'README.md']) writeFileSync(join(folder, name), '');
  for (const name of ['notes', '.git', `${old}.7.alambique.tmp`]) mkdirSync(join(folder, study, name));
  mkdirSync(join(folder, 'empty'));
  assert.deepEqual(listStudies({ folder }), [study]);
  assert.deepEqual(listVersions(study, { folder }), [old]);
});

function refuses(act: () => unknown, code: string, words: RegExp = /./): Problem {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof Problem, String((error as Error).stack));
    assert.equal(error.issues[0]!.code, code, error.message);
    assert.match(error.message, words);
    return error;
  }
  assert.fail(`it was not refused with ${code}`);
}
