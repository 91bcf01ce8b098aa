/** Every field that README.md beside this file promises is there, and every field of the first level is promised. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { smallStudy } from '../testing/small-study.js';
import { watchedEffects } from '../testing/watched-effects.js';
import { findRoot } from '../workspace.js';
import { runCommandLine } from './run-command-line.js';

const module = { path: 'src/studies/small.ts', cells: [] };
const { effects, workspace, taken, remove } = watchedEffects({
  studies: { small: async () => smallStudy({ module }) },
});
after(remove);

const text = readFileSync(join(findRoot(), 'src', 'cli', 'README.md'), 'utf8');

/** The fields in the first column of a section's table, or, where it has none, all words in code that look like fields. */
function promised(command: string): string[] {
  const [, section = ''] = text.split(new RegExp(`^## \`${command}.*\`$`, 'm'));
  const [body = ''] = section.split(/^## /m);
  return body
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!))
    .sort();
}

async function printed(...args: string[]): Promise<Record<string, unknown>> {
  assert.equal(await runCommandLine([...args, '--json'], effects), 0);
  return JSON.parse(taken().out) as Record<string, unknown>;
}

before(() => {
  mkdirSync(workspace.studies, { recursive: true });
  writeFileSync(join(workspace.root, module.path), '// a study\n');
});

test('look', async () => {
  const file = join(workspace.root, 'a.csv');
  writeFileSync(file, `a,b\n${'1,yes\n2,no\n'.repeat(20)}`);
  const seen = await printed('look', file);
  assert.deepEqual(Object.keys(seen).sort(), promised('look'));
  const [, columns = ''] = /\| `columns` \|(.*)\|/.exec(text) ?? [];
  const named = [...columns.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
  for (const column of seen.columns as object[])
    for (const field of Object.keys(column)) assert.ok(named.includes(field), field);
});

test('run, the first time and the second', async () => {
  const first = await printed('run', 'small');
  assert.deepEqual(Object.keys(first).sort(), promised('run'));
  assert.equal(first.changes, null);
  const second = await printed('run', 'small');
  assert.deepEqual((second.changes as { since: string }).since, first.version);
  const [candidate] = second.candidates as {
    name: string;
    scores: Record<string, Record<string, { value: number; low: number }>>;
  }[];
  const { value, low } = Object.values(Object.values(candidate!.scores)[0]!)[0]!;
  assert.ok(value > low);
});

test('models', async () => {
  const kept = await printed('models', 'small');
  assert.deepEqual(Object.keys(kept).sort(), ['decisions', 'models']);
  for (const field of Object.keys((kept.models as object[])[0]!))
    assert.match(text, new RegExp(`\\b${field}\\b`));
});
