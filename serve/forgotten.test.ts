/** A schema that declares an `id` seals what is kept of each person; a person who is forgotten cannot be read any more. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { categoryColumn, extendDataset, extendSchema, id, splitByOrder } from '../src/index.js';
import { forgetPerson } from '../src/store/forget-person.js';
import { verifyPredictions } from '../src/store/read-predictions.js';
import { bank } from '../src/studies/bank-marketing/study.js';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { smallDataset } from '../src/testing/small-dataset.js';
import { createService } from './app.js';
import { openAuditLog } from './audit-log.js';
import { keyCheck } from './keys.js';

const { dataset } = smallDataset({ rows: 600 });
const named = extendDataset(dataset, extendSchema(bank, { client: id() }), [
  categoryColumn(
    'client',
    Array.from({ length: 600 }, (_, i) => `client-${i}`),
  ),
]);
const { train, test: rest } = splitByOrder(named, { test: 0.3 });
const model = readArtefact(smallArtefact({ rows: 600, trainedOn: train, measuredOn: rest }));
const now = (): Date => new Date('2026-11-21T07:00:00Z');

test('who asked is kept, what was asked is sealed, and forgetting leaves the rest of the log as it was', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-serve-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, model.study);
  const auditLog = await openAuditLog([model.study], { folderOf: () => log, now, onFull: 'stop' });
  const key = 'k'.repeat(40);
  const { app } = createService({ model, now, auditLog, keys: keyCheck([`erp=${key}`]) });
  const headers = { 'content-type': 'application/json', 'x-api-key': key };
  const ids: string[] = [];
  for (const client of ['ana', 'bea']) {
    const body = JSON.stringify({ ...model.golden.rows[0], client });
    const answer = await app.request('/predict', { method: 'POST', headers, body });
    assert.equal(answer.status, 200);
    ids.push(((await answer.json()) as { id: string }).id);
  }
  const kept = async (i: number): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await app.request(`/predictions/${ids[i]}`, { headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const { status, body } = await kept(0);
  assert.deepEqual([status, body.caller], [200, 'erp']);
  assert.equal((body.row as { client: string }).client, 'ana');
  assert.equal((body.replay as { same: boolean }).same, true);
  const [file] = readdirSync(log).filter((name) => name.endsWith('.ndjson'));
  const text = readFileSync(join(log, file!), 'utf8');
  assert.ok(!text.includes('"ana"') && !text.includes('probability'));

  await forgetPerson('ana', { folder });
  assert.equal((await kept(0)).status, 410);
  assert.equal((await kept(1)).status, 200);
  await auditLog.close();
  const { erased, issues } = await verifyPredictions(log);
  assert.deepEqual([erased, issues], [1, []]);
});

test('a key is named before an equals sign; without a name its place names it', () => {
  const check = keyCheck([`erp=${'a'.repeat(32)}`, `sha256:${'0'.repeat(64)}`]);
  const request = {
    header: (name: string) => (name === 'x-api-key' ? 'a'.repeat(32) : undefined),
    caller: undefined,
  };
  assert.equal(check(request as unknown as Parameters<typeof check>[0]), undefined);
  assert.equal(request.caller, 'erp');
  const scope = { studies: undefined, clients: ['7*'] };
  const named = keyCheck([`erp=${'b'.repeat(32)}`], { named: { find: () => ({ name: 'erp', scope }) } });
  assert.equal(named(request as unknown as Parameters<typeof check>[0]), undefined);
  assert.equal(request.caller, 'named erp', 'it does not see what the other erp sent');
  assert.throws(() => keyCheck([`warehouse=${'a'.repeat(31)}`]), /key 1 has 31 characters/i);
});
