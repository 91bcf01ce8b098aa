/** `alambique predictions` and the job that loads them: the service's answers, of all or of one person. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openPredictionLog } from '../store/prediction-log.js';
import { watchedEffects } from '../testing/watched-effects.js';
import { withBuiltInJobs } from './built-in-jobs.js';
import { runCommandLine } from './run-command-line.js';

const { effects, workspace, taken, remove } = watchedEffects({
  jobs: async () => withBuiltInJobs({ jobs: [], issues: [], origins: {} }),
});
after(remove);

const folder = join(workspace.predictions, 'loans');

async function answered(...persons: readonly string[]): Promise<void> {
  const log = await openPredictionLog({ folder, now: effects.now, onFull: 'stop' });
  const record = { time: effects.now().toISOString(), model: 'loans@1', probability: 0.25, decision: 'act' };
  log.append(
    persons.map((person, i) => ({ ...record, id: `of-${person}-${i}`, row: { client: person }, person })),
  );
  await log.close();
}

const json = async (...args: readonly string[]): Promise<{ predictions: object[]; loaded: object[] }> => {
  taken();
  assert.equal(await runCommandLine(['predictions', '--json', ...args], effects), 0);
  return JSON.parse(taken().out) as { predictions: object[]; loaded: object[] };
};

test('predictions are listed, of all and of one person, until that person is forgotten', async () => {
  await answered('ana', 'bea', 'ana');
  assert.equal((await json()).predictions.length, 3);
  assert.deepEqual((await json('--id', 'bea')).predictions, [
    {
      ...{ decision: 'act', id: 'of-bea-1', model: 'loans@1', probability: 0.25 },
      ...{ row: { client: 'bea' }, study: 'loans', time: effects.now().toISOString() },
    },
  ]); // biome-ignore format: one thought
  assert.equal(await runCommandLine(['predictions', 'loans', '--id', 'ana', '--most', '1'], effects), 0);
  assert.match(taken().out, /loans@1 +of-ana-2 +0\.25 +act/);
  assert.equal(await runCommandLine(['forget', '--id', 'ana'], effects), 0);
  assert.equal((await json('--id', 'ana')).predictions.length, 0);
  assert.equal((await json()).predictions.filter((one) => 'erased' in one).length, 2);
  assert.equal(await runCommandLine(['predictions', '--id', 'carl'], effects), 0);
  assert.match(taken().out, /about this person/);
});

test('the job loads what is new, has nothing to do then, and is quarantined where a log was altered', async () => {
  const run = async (): Promise<[number, { outcome: string; output: { loaded: number } }]> => {
    taken();
    const code = await runCommandLine(['job', 'run', 'load-predictions'], effects);
    return [code, JSON.parse(taken().out) as { outcome: string; output: { loaded: number } }];
  };
  await answered('dora', 'eva');
  const [code, { outcome, output }] = await run();
  assert.deepEqual([code, outcome, output.loaded], [0, 'done', 2]);
  assert.equal((await run())[1].outcome, 'nothing');
  await answered('fay');
  const path = join(folder, '2026-11-21.ndjson');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"of-fay-0"', '"of-fay-9"'));
  const [altered, report] = await run();
  assert.deepEqual([altered, report.outcome, report.output.loaded], [3, 'quarantined', 0]);
  assert.equal(await runCommandLine(['runs', '--kind', 'job', '--most', '1'], effects), 0);
});
