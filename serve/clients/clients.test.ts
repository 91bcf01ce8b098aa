/** Clients by id over HTTP: what is known, what the model says, and one answer for all whom the caller may not know of. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { currentFeatures } from '../../src/clients/current-features.js';
import { forgetClient } from '../../src/clients/forget-client.js';
import { publishClients } from '../../src/clients/publish-clients.js';
import { type Database, openDatabase } from '../../src/database/database.js';
import { createScorer } from '../../src/scoring/scorer.js';
import { readArtefact } from '../../src/study/artefact.js';
import { borrowersArtefact, borrowersStudy, manyLoans } from '../../src/testing/borrowers-artefact.js';
import { type Body, conformingRequest } from '../../src/testing/conformance.js';
import { borrowers } from '../../src/testing/example-loans.js';
import { testOnEachDatabase } from '../../src/testing/on-each-database.js';
import { createService, type ServiceOptions } from '../app.js';
import { openAuditLog } from '../audit-log.js';
import { keyCheck } from '../keys.js';
import { openApi } from '../openapi.js';
import { clientLookup } from './client-lookup.js';

const artefact = readArtefact(borrowersArtefact());
const night = new Date('2026-11-28T02:00:00Z');
let time = new Date('2026-11-28T07:00:00Z');
const now = (): Date => time;
const current = currentFeatures(borrowers, manyLoans(120).table, { asOf: night });
const source = { name: 'loans.csv', sha256: '0'.repeat(64), simulated: true };

async function withClients(url: string, t: TestContext): Promise<Database> {
  const database = await openDatabase({ url });
  t.after(database.close);
  await publishClients(database, { study: borrowersStudy, clients: borrowers, current, source, now: night });
  return database;
}

interface Asked {
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  readonly json: (path: string, init?: RequestInit) => Promise<Body>;
}

function asking(database: Database, options: Partial<ServiceOptions> = {}): Asked {
  const { app } = createService({
    model: artefact,
    now,
    clients: clientLookup(database, { now }),
    ...options,
  });
  const request = conformingRequest(app, openApi(artefact, '1'));
  const json: Asked['json'] = async (path, init) => {
    const response = await request(path, init);
    assert.equal(response.status, 200, path);
    return response.json();
  };
  return { request, json };
}

const listOf = (ids: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(ids),
});

testOnEachDatabase(
  'a client is answered with the very bits of the scorer, alone, in a list and by the old addresses',
  async (url, t) => {
    const database = await withClients(url, t);
    const { json } = asking(database);
    const scorer = createScorer(artefact);
    const ids = ['c1', 'c60', 'c120'];
    const { predictions } = await json('/clients/predictions', listOf({ ids: [...ids, 'c121', 7] }));
    assert.deepEqual(predictions.slice(3), [
      { status: 'unknown', client: 'c121' },
      { status: 'unknown', client: '7' },
    ]);
    for (const [i, id] of ids.entries()) {
      const { features, tooOld, asOf } = await json(`/clients/${id}/features`);
      assert.deepEqual([tooOld, asOf], [false, night.toISOString()]);
      const row = Object.fromEntries(
        Object.entries<Body>(features).map(([name, { value }]) => [name, value]),
      );
      const verdict = scorer.check({ id, ...row });
      const answers = scorer.predict(scorer.tableOf([verdict.row!]));
      const own = scorer.answer(answers, 0);
      const path = `/studies/${borrowersStudy}/clients/${id}/prediction`;
      for (const answer of [await json(path), predictions[i]]) {
        assert.ok(Object.is(answer.probability, own.probability), id);
        assert.deepEqual([answer.client, answer.decision], [id, own.decision]);
      }
      const old = await json(`/api/user/${id}/prediccion`);
      assert.deepEqual(old, { resultado: [own.decision === 'act' ? 1 : 0] });
    }
  },
);

testOnEachDatabase('the old addresses answer as they always did', async (url, t) => {
  const database = await withClients(url, t);
  const { request } = asking(database);
  const text = await (await request('/api/user/c1/caracteristicasriesgo')).text();
  assert.match(
    text,
    /^\{"nb_previous_loans":3\.0,"avg_amount_loans_previous":\d+\.\d+,"age":76\.0,"years_on_the_job":null,"flag_own_car":1\.0\}$/,
  );
});

testOnEachDatabase(
  'unknown, forgotten and out of scope are one answer, to the byte; so is the refusal of who tries out ids',
  async (url, t) => {
    const database = await withClients(url, t);
    await forgetClient(database, 'c9');
    const [all, branch] = ['a'.repeat(32), 'b'.repeat(43)];
    const scoped = new Map([[sha256(branch), { name: 'branch', scope: { clients: ['c1*'] } }]]);
    const keys = keyCheck([all], { named: { find: (hash) => scoped.get(hash) } });
    const { request } = asking(database, { keys });
    const ask = async (path: string, key: string): Promise<string> => {
      const response = await request(path, { headers: { 'x-api-key': key } });
      const headers = [...response.headers].filter(([name]) => name !== 'x-request-id');
      return JSON.stringify([response.status, headers, await response.text()]);
    };
    for (const what of ['features', 'prediction']) {
      assert.match(await ask(`/clients/c10/${what}`, branch), /^\[200/);
      assert.match(await ask(`/clients/c2/${what}`, all), /^\[200/);
      const unknown = await ask(`/clients/nobody/${what}`, branch);
      assert.match(unknown, /^\[404.*No client of that id is known here/);
      for (const id of ['c2', 'c9', 'c1000'])
        assert.equal(await ask(`/clients/${id}/${what}`, branch), unknown, id);
      assert.equal(await ask(`/clients/c9/${what}`, all), unknown);
    }
    // Sixty failures a minute, then also for those whom there are; another key goes on.
    for (let i = 0; i < 60; i++) await ask(`/clients/x${i}/features`, branch);
    const waits = await ask('/clients/c10/features', branch);
    assert.match(waits, /^\[429.*"retry-after","\d+"/);
    assert.equal(await ask('/clients/x/features', branch), waits);
    assert.match(await ask('/clients/c10/features', all), /^\[200/);
    const before = time;
    time = new Date(time.getTime() + 61_000);
    assert.match(await ask('/clients/c10/features', branch), /^\[200/);
    time = before;
  },
);

testOnEachDatabase('ids that can be none are refused, and bodies that are no list of ids', async (url, t) => {
  const database = await withClients(url, t);
  const { request } = asking(database);
  for (const id of ['%00', '%20', 'a%0Ab', 'x'.repeat(101), '%E2%80%AE1'])
    assert.equal((await request(`/clients/${id}/features`)).status, 400, id);
  for (const id of ["b2'%20or%20'1'='1", '..%2F..%2Fetc', 'ñ', '%F0%9F%98%80', '__proto__'])
    assert.equal((await request(`/clients/${id}/features`)).status, 404, id);
  for (const ids of [[], {}, { ids: [] }, 7, [null], [''], [1.5], [['c1']]])
    assert.equal((await request('/clients/predictions', listOf(ids))).status, 400, JSON.stringify(ids));
  const many = Array.from({ length: 1001 }, (_, i) => `c${i}`);
  assert.equal((await request('/clients/predictions', listOf(many))).status, 413);
  assert.equal((await request('/clients/predictions', { ...listOf([]), body: '[' })).status, 400);
});

testOnEachDatabase('what is too old is said, or refused where that is asked for', async (url, t) => {
  const database = await withClients(url, t);
  const before = time;
  time = new Date(night.getTime() + 37 * 3_600_000);
  const flagged = asking(database);
  assert.equal((await flagged.json('/clients/c1/prediction')).tooOld, true);
  const { features, tooOld } = await flagged.json('/clients/c1/features');
  assert.deepEqual([features.age.status, tooOld], ['too old', true]);
  const refusing = asking(database, { refuseOldClients: true });
  const refused = await refusing.request('/clients/c1/prediction');
  assert.equal(refused.status, 503);
  assert.match(((await refused.json()) as Body).detail, /too old to be relied on/);
  const { predictions } = await refusing.json('/clients/predictions', listOf(['c1', 'x']));
  assert.deepEqual(predictions.map(({ status }: Body) => status), ['too old', 'unknown']); // biome-ignore format: one thought
  assert.equal((await refusing.request('/clients/c1/features')).status, 200);
  time = before;
});

testOnEachDatabase(
  'every read is recorded, sealed with the key of the client; a look-up in vain without the id',
  async (url, t) => {
    const database = await withClients(url, t);
    const folder = folderFor(t);
    const kept = { folderOf: () => folder, now, onFull: 'stop' as const };
    const auditLog = await openAuditLog([borrowersStudy], kept);
    const { request, json } = asking(database, { auditLog });
    const { read } = await json('/clients/c1/features');
    const { id, probability } = await json('/clients/c1/prediction');
    const find = (wanted: string): Promise<Body> => auditLog.find(borrowersStudy, wanted);
    const features = await find(read);
    assert.deepEqual([features.read, features.row.id, features.row.nb_previous_loans], ['features', 'c1', 3]);
    const prediction = await find(id);
    assert.deepEqual([prediction.probability, prediction.row.id], [probability, 'c1']);
    assert.equal((await json(`/predictions/${id}`)).replay.same, true);
    assert.deepEqual((await json(`/predictions/${read}`)).replay, {
      same: null,
      why: 'Nothing was predicted: what is known of a client was read.',
    });
    assert.equal((await request('/clients/secret-id/features')).status, 404);
    await request('/clients/c2/features', { method: 'HEAD' });
    await auditLog.close();
    const text = readLog(folder);
    assert.equal(text.match(/"read":"nothing"/g)?.length, 1);
    assert.equal(text.match(/"sealed":/g)?.length, 3);
    assert.doesNotMatch(text, /secret-id|"c1"|"c2"/);
  },
);

testOnEachDatabase(
  'a database that is gone is a sentence for who asks, and a fault for the log',
  async (url, t) => {
    const database = await withClients(url, t);
    const faults: unknown[] = [];
    const { request } = asking(database, { onFinished: ({ error }) => void (error && faults.push(error)) });
    assert.equal((await request('/clients/c1/prediction')).status, 200);
    await database.close();
    const response = await request('/clients/c1/prediction');
    assert.equal(response.status, 503);
    assert.match(((await response.json()) as Body).detail, /cannot be looked up now/);
    assert.equal(faults.length, 1);
  },
);

test('where clients cannot be looked up, who asks is told why', async (t) => {
  const database = await withClients(':memory:', t);
  const why = 'Clients cannot be looked up: the package "libsql" is not installed.';
  const { request } = asking(database, { clients: why });
  const response = await request('/clients/c1/features');
  assert.equal(response.status, 503);
  assert.equal(((await response.json()) as Body).detail, why);
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** All that stands in the files of a log. */
function readLog(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-clients-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
