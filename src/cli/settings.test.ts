/** Every command and the service honour the same settings. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setAlias, writeArtefact } from '../store/artefact-store.js';
import { smallArtefact } from '../testing/small-artefact.js';
import { smallDataset } from '../testing/small-dataset.js';
import { type Watched, watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

let watched: Watched;
let elsewhere = '';
beforeEach(() => {
  watched = watchedEffects();
  elsewhere = join(watched.workspace.root, 'elsewhere');
  mkdirSync(elsewhere);
});
afterEach(() => watched.remove());

const calling = (env: Record<string, string>, ...args: string[]): Promise<number> =>
  runCommandLine(args, { ...watched.effects, env: { ...watched.effects.env, ...env } });

test('serve serves the models of ALAMBIQUE_MODEL, unless it is told others', async () => {
  await calling({ ALAMBIQUE_MODEL: 'telco@challenger,tea' }, 'serve');
  await calling({ ALAMBIQUE_MODEL: 'telco@challenger' }, 'serve', 'tea', 'coffee@champion');
  await calling({}, 'serve');
  assert.deepEqual(
    watched.served.map(({ ALAMBIQUE_MODEL }) => ALAMBIQUE_MODEL),
    ['telco@challenger,tea', 'tea,coffee@champion', 'small'],
  );
});

test('predict and check take the model of ALAMBIQUE_MODEL from the folder of ALAMBIQUE_MODELS', async () => {
  const artefact = smallArtefact();
  writeArtefact(artefact, { folder: elsewhere });
  setAlias(artefact.study, 'challenger', artefact.version, { folder: elsewhere });
  const env = { ALAMBIQUE_MODELS: elsewhere, ALAMBIQUE_MODEL: `${artefact.study}@challenger` };
  const input = join(elsewhere, 'rows.csv');
  writeFileSync(input, smallDataset({ rows: 300, seed: 5 }).csv);
  assert.equal(await calling(env, 'predict', '-i', input, '-o', join(elsewhere, 'scored.csv'), '--keep', 'y', '--keep', 'duration'), 0); // biome-ignore format: one call
  assert.match(watched.taken().out, new RegExp(`Model: +bank-marketing@${artefact.version}`));
  assert.equal(await calling(env, 'check'), 0);
  assert.equal(await calling({ ALAMBIQUE_MODEL: env.ALAMBIQUE_MODEL }, 'check'), 1);
});

test('audit verify looks into the folder of ALAMBIQUE_AUDIT', async () => {
  mkdirSync(join(elsewhere, 'telco'));
  const log = join(elsewhere, 'telco', '2026-11-20.ndjson');
  writeFileSync(log, '{"seal":broken}\n');
  const env = { ALAMBIQUE_AUDIT: elsewhere, ALAMBIQUE_MODEL: 'telco@challenger' };
  assert.equal(await calling(env, 'audit', 'verify'), 3);
  assert.match(watched.taken().err, /2026-11-20\.ndjson, line 1: the seal cannot be read/);
  assert.equal(await calling({ ALAMBIQUE_AUDIT: 'off' }, 'audit', 'verify'), 1);
});

test('settings prints what is in force and where from, for people and as JSON, and fails on a bad one', async () => {
  const key = 'k'.repeat(40);
  assert.equal(await calling({ PORT: '8080', ALAMBIQUE_KEYS: key }, 'settings', '--host', '::1'), 0);
  const { out } = watched.taken();
  assert.match(out, /^PORT +8080 +environment /m);
  assert.match(out, /^HOST +::1 +flag /m);
  assert.match(out, /^ALAMBIQUE_KEYS +1 \(not shown\) +environment /m);
  assert.ok(out.includes(watched.workspace.models) && !out.includes(key));
  assert.equal(await calling({ PORT: 'x' }, 'settings', '--json'), 3);
  const all = JSON.parse(watched.taken().out) as { name: string; usable: boolean }[];
  assert.deepEqual(all.filter(({ usable }) => !usable).map(({ name }) => name), ['PORT']); // biome-ignore format: one thought
});
