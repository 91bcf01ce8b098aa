/** `alambique new`: what it writes, what it says, and what it refuses. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readNotebook } from '../notebook/notebook.js';
import { watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

const { effects, workspace, taken, remove } = watchedEffects({});
after(remove);

const from = join(workspace.root, 'clients of May.csv');
const rows = Array.from({ length: 400 }, (_, i) => {
  const yes = (i * 7919) % 400 < 150 + (i % 50);
  return [
    20 + (i % 50),
    ['tea', 'coffee'][(i * 31) % 2],
    yes ? (i % 3) + 5 : (i % 4) + 3,
    `2026-0${1 + (i % 9)}-11`,
    yes ? 'Yes' : 'No',
  ].join(',');
});
writeFileSync(from, `age,drink,visits,closed_at,Churn\n${rows.join('\n')}\n`);

const call = (...args: string[]): Promise<number> => runCommandLine(['new', ...args], effects);

test('it writes a notebook, copies the file, and says what it left out and why', async () => {
  assert.equal(await call('churn', '--from', from, '--target', 'Churn', '--moment', 'the letter is sent'), 0);
  const { out } = taken();
  assert.match(out, /^notebooks\/churn\/1-churn\.ipynb is written; it runs as it stands\.$/m);
  assert.match(out, /Left out as doubtful: closed_at \(its name says "closed"/);
  const { cells } = readNotebook(join(workspace.notebooks, 'churn', '1-churn.ipynb'));
  const source = cells.map((cell) => cell.source).join('\n\n');
  assert.match(source, /moment: 'the letter is sent'/);
  assert.match(source, /target: yesNo\('Churn', \{ yes: 'Yes', no: 'No' \}\)/);
  assert.match(source, /withSmote\(logistic\(\)\)/);
  assert.match(source, /title: 'churn: Churn',\n {2}question: 'Which rows will say "Yes" in "Churn"\?'/);
  const marked = cells.filter((cell) => cell.source.startsWith('//| export')).map(({ id }) => id);
  assert.deepEqual(marked, ['schema', 'source', 'candidates', 'policies', 'study']);
  assert.equal(readFileSync(join(workspace.raw, 'clients of May.csv'), 'utf8'), readFileSync(from, 'utf8'));
});

test('the question is told in the words of who asks', async () => {
  const question = 'Which clients will leave?';
  assert.equal(await call('leavers', '--from', from, '--target', 'Churn', '--question', question), 0);
  taken();
  const { cells } = readNotebook(join(workspace.notebooks, 'leavers', '1-leavers.ipynb'));
  assert.match(cells[0]!.source, /^# leavers: Which clients will leave\?\n/);
  const study = cells.find(({ id }) => id === 'study')!.source;
  assert.match(study, /title: 'Which clients will leave\?',\n {2}question: 'Which clients will leave\?'/);
});

test('nothing is written over: neither a study nor another file of that name', async () => {
  assert.equal(await call('churn', '--from', from, '--target', 'Churn'), 1);
  assert.match(taken().err, /there is notebooks\/churn already/i);
  writeFileSync(join(workspace.raw, 'clients of May.csv'), 'a,b\n1,2\n');
  assert.equal(await call('again', '--from', from, '--target', 'Churn'), 1);
  assert.match(taken().err, /another file of that name/);
  assert.ok(!existsSync(join(workspace.notebooks, 'again')));
});

test('what is missing or misspelt is a sentence', async () => {
  assert.equal(await call(), 2);
  assert.match(taken().err, /the study has no name.*alambique new churn --from/is);
  assert.equal(await call('Churn', '--from', from, '--target', 'Churn'), 2);
  assert.equal(await call('two', '--from', from), 2);
  assert.equal(await call('two', '--from', 'nothing.csv', '--target', 'Churn'), 1);
  assert.match(taken().err, /nothing\.csv: there is no such file/);
  assert.equal(await call('two', '--from', from, '--target', 'churn'), 1);
  assert.match(taken().err, /Did you mean "Churn"\?/);
});

test('a file with rows that cannot be read is refused by them, before anything is written', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${20 + (i % 37)},${i % 3 ? 'yes' : 'no'}`);
  const path = join(workspace.root, 'ragged.csv');
  writeFileSync(path, `age,left\n${rows.join('\n')}\n41,yes,7\n`);
  assert.equal(await runCommandLine(['new', 'ragged', '--from', path, '--target', 'left'], effects), 1);
  assert.match(taken().err, /ragged\.csv, line 62/);
  assert.ok(!existsSync(join(workspace.notebooks, 'ragged')));
});
