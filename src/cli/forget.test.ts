/** `forget` and `audit verify`: what is erased is told, and what is not there is no proof. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openDatabase } from '../database/database.js';
import { isForgotten } from '../database/forgotten.js';
import { listRuns } from '../database/list-runs.js';
import { openPredictionLog } from '../store/prediction-log.js';
import { testOnEachDatabase } from '../testing/on-each-database.js';
import { type Watched, watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

/** Two people's predictions in the logs of two studies, and a database at this address. */
async function withLogs(url: string, t: TestContext): Promise<Watched> {
  const watched = watchedEffects({ env: { HOME: '/nowhere', ALAMBIQUE_DATABASE: url } });
  t.after(watched.remove);
  const { effects, workspace } = watched;
  const time = effects.now().toISOString();
  for (const study of ['loans', 'small']) {
    const folder = join(workspace.predictions, study);
    const log = await openPredictionLog({ folder, now: effects.now, onFull: 'stop' });
    const record = { time, model: `${study}@1`, probability: 0.5, decision: 'act' };
    log.append([
      { ...record, id: 'id-1', row: { client: 'ana' }, person: 'ana' },
      { ...record, id: 'id-2', row: { client: 'bruno' }, person: 'bruno' },
    ]);
    await log.close();
  }
  return watched;
}

testOnEachDatabase(
  'a person is forgotten by their id, in every study; the proof holds and says how many are erased',
  async (url, t) => {
    const { effects, taken } = await withLogs(url, t);
    assert.equal(await runCommandLine(['forget', '--id', 'ana'], effects), 0);
    assert.match(taken().out, /^loans: 1 predictions about this person can no longer be read\.\nsmall: 1 /);
    assert.equal(await runCommandLine(['audit', 'verify'], effects), 0);
    assert.match(taken().out, /^2 predictions .*: the chain holds\.\n1 of them can no longer be read/);
    assert.equal(await runCommandLine(['forget', 'loans', '--id', 'bruno', '--json'], effects), 0);
    assert.deepEqual(JSON.parse(taken().out), [{ predictions: 1, study: 'loans' }]);
    assert.equal(await runCommandLine(['forget', '--id', 'carl'], effects), 1);
    assert.match(taken().err, /about this person/);
    assert.equal(await runCommandLine(['forget'], effects), 2);
  },
);

testOnEachDatabase(
  'it is recorded, and not of whom; who was forgotten stays out of copies, and it may be said again',
  async (url, t) => {
    const { effects } = await withLogs(url, t);
    assert.equal(await runCommandLine(['forget', '--id', 'ana'], effects), 0);
    assert.equal(await runCommandLine(['forget', 'loans', '--id', 'bruno'], effects), 0);
    assert.equal(await runCommandLine(['forget', '--id', 'carl'], effects), 1);
    const database = await openDatabase({ url });
    t.after(database.close);
    const forgotten = await isForgotten(database);
    assert.deepEqual(['ana', 'bruno', 'carl'].map(forgotten), [true, false, false]);
    const runs = await listRuns(database, { kind: 'forgetting', now: effects.now() });
    assert.deepEqual(runs.map(({ state, name }) => `${name} ${state}`).sort(), [
      'all ended',
      'all failed',
      'loans ended',
    ]);
    assert.equal(await runCommandLine(['forget', '--id', 'ana'], effects), 0);
    assert.equal(await runCommandLine(['forget', '--id', 'dora', '--unseen'], effects), 0);
    assert.equal((await isForgotten(database))('dora'), true);
    const rows = await database.query.selectFrom('runs').selectAll().execute();
    const hashes = await database.query.selectFrom('forgotten').select('person_hash').execute();
    assert.equal(hashes.length, 2);
    const told = JSON.stringify(rows) + JSON.stringify(hashes);
    assert.doesNotMatch(told, /ana|bruno|carl|dora/);
    for (const { person_hash } of hashes) assert.ok(!JSON.stringify(rows).includes(person_hash));
  },
);

test('the features of a client go from every file of the database, also while a service has it open', async (t) => {
  const { effects, workspace, remove } = watchedEffects();
  t.after(remove);
  const folder = join(workspace.root, 'data');
  const database = await openDatabase({ url: join(folder, 'alambique.db') });
  const values = { set_id: 's', moment: effects.now().toISOString(), features: '{"x":"a feature of hers"}' };
  await database.query
    .insertInto('clients_features')
    .values({ ...values, client: 'client-4711' })
    .execute();
  const holds = (text: string): boolean =>
    readdirSync(folder).some(
      (name) => name.startsWith('alambique.db') && readFileSync(join(folder, name)).includes(text),
    );
  assert.ok(holds('a feature of hers') && holds('client-4711'));
  assert.equal(await runCommandLine(['forget', '--id', 'client-4711'], effects), 0);
  assert.ok(!holds('a feature of hers') && !holds('client-4711'));
  await database.close();
});

test('audit verify of a study or a folder that is not there is red', async (t) => {
  const { effects, taken } = await withLogs(':memory:', t);
  assert.equal(await runCommandLine(['audit', 'verify', 'nothing'], effects), 3);
  const { out, err } = taken();
  assert.match(err, /there is no log of predictions/i);
  assert.doesNotMatch(out, /the chain holds/);
});
