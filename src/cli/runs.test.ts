/** `alambique runs`: trainings, batches and decisions leave their record; without a database all goes on, and says so. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { RecordedRun } from '../database/run.js';
import { smallDataset } from '../testing/small-dataset.js';
import { watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

const { effects, workspace, taken, remove } = watchedEffects();
after(remove);

async function runsOf(...args: readonly string[]): Promise<readonly RecordedRun[]> {
  taken();
  assert.equal(await runCommandLine(['runs', '--json', ...args], effects), 0);
  return (JSON.parse(taken().out) as { runs: readonly RecordedRun[] }).runs;
}

test('a training, a batch, a promotion and what fails are recorded with what went in and came out', async () => {
  assert.deepEqual(await runsOf(), []);
  assert.equal(await runCommandLine(['run', 'small', '--threads', '1'], effects), 0);
  const [training] = await runsOf('--kind', 'training');
  assert.deepEqual([training?.name, training?.state, training?.error], ['small', 'ended', null]);
  const { data } = training!.input as { data: { sha256: string } };
  assert.match(data.sha256, /^[0-9a-f]{64}$/);
  const { version, alias } = training!.output as { version: string; alias: string };
  assert.equal(alias, 'champion');

  const input = join(workspace.root, 'rows.csv');
  writeFileSync(input, smallDataset({ rows: 3 }).csv);
  const predict = ['predict', 'small', '-i', input, '-o', join(workspace.root, 'scored.csv')];
  assert.equal(await runCommandLine(predict, effects), 0);
  const [batch] = await runsOf('--kind', 'batch');
  assert.equal(batch?.state, 'ended');
  assert.deepEqual(batch?.input.model, `small@${version}`);
  assert.match((batch!.input.file as { sha256: string }).sha256, /^[0-9a-f]{64}$/);
  assert.equal(batch?.output.rows, 3);

  assert.equal(
    await runCommandLine(['promote', `small@${version}`, '--why', 'again', '--by', 'bea'], effects),
    1,
  );
  const [promotion] = await runsOf('--kind', 'promotion');
  assert.deepEqual([promotion?.who, promotion?.state, promotion?.input], ['bea', 'failed', { why: 'again' }]);
  assert.match(promotion!.error!, /is the champion already/);

  assert.deepEqual((await runsOf()).map(({ kind }) => kind).sort(), ['batch', 'promotion', 'training']);
  assert.equal(await runCommandLine(['runs'], effects), 0);
  assert.match(taken().out, /training +small .* ended .*alias champion/);
  assert.equal(await runCommandLine(['runs', training!.id], effects), 0);
  assert.match(taken().out, /"sha256": "[0-9a-f]{64}"/);
  assert.equal(await runCommandLine(['runs', 'nothing'], effects), 1);
  assert.equal(await runCommandLine(['runs', '--kind', 'party'], effects), 2);
  taken();
});

test('where no database can be written a training says so in one line, and its model is the same', async () => {
  const other = watchedEffects();
  const { models, root } = other.workspace;
  writeFileSync(join(root, 'a-file'), 'in the way of the database');
  const env = { ...other.effects.env, ALAMBIQUE_DATABASE: join(root, 'a-file', 'below.db') };
  const changes = { ...other.effects, env };
  assert.equal(await runCommandLine(['run', 'small', '--threads', '1'], changes), 0);
  assert.equal(other.taken().err.match(/^This run is not recorded\. .*\n/gm)?.length, 1);
  const { champion } = JSON.parse(readFileSync(join(models, 'small', 'aliases.json'), 'utf8')) as {
    champion: string;
  };
  const [training] = await runsOf('--kind', 'training');
  assert.equal(champion, training?.output.version);
  other.remove();
});
