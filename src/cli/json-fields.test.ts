/** Every field that README.md beside this file promises is there, and every field of the first level is promised. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { smallDataset } from '../testing/small-dataset.js';
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

/** The fields in the first column of a section's table. */
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

test('predict', async () => {
  const [input, output] = ['new.csv', 'scored.csv'].map((name) => join(workspace.root, name));
  writeFileSync(input!, smallDataset({ rows: 200, seed: 5 }).csv);
  const manifest = await printed('predict', 'small', '-i', input!, '-o', output!);
  assert.deepEqual(Object.keys(manifest).sort(), promised('predict'));
  assert.deepEqual([manifest.rows, manifest.scored, manifest.rejected], [200, 200, 0]);
  for (const name of ['input', 'output', 'rejects'])
    assert.deepEqual(Object.keys(manifest[name] as object).sort(), ['bytes', 'path', 'sha256'], name);
  const [, policy = ''] = /\| `policy` \|(.*)\|/.exec(text) ?? [];
  for (const field of Object.keys(manifest.policy as object))
    assert.match(policy, new RegExp(`\\b${field}\\b`));
  const { bytes, sha256 } = manifest.output as { bytes: number; sha256: string };
  const written = readFileSync(output!);
  assert.deepEqual([written.length, createHash('sha256').update(written).digest('hex')], [bytes, sha256]);
});

test('models', async () => {
  const kept = await printed('models', 'small');
  assert.deepEqual(Object.keys(kept).sort(), ['decisions', 'models']);
  for (const field of Object.keys((kept.models as object[])[0]!))
    assert.match(text, new RegExp(`\\b${field}\\b`));
});

test('forecast', async () => {
  const file = join(workspace.root, 'series.csv');
  const rows = Array.from({ length: 30 }, (_, i) => `${i + 1},${10 + (i % 3)}`);
  writeFileSync(file, `ds,y\n${rows.join('\n')}\n`);
  const output = join(workspace.root, 'forecasts.csv');
  const said = await printed('forecast', '--data', file, '--horizon', '3', '-o', output);
  assert.deepEqual(Object.keys(said).sort(), promised('forecast'));
});
