/** `/runs`: JSON for programs, a page for browsers, and a sentence where the record cannot be read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../src/database/database.js';
import { listRuns } from '../src/database/list-runs.js';
import { recordRun } from '../src/database/record-run.js';
import { readArtefact } from '../src/study/artefact.js';
import { conformingRequest } from '../src/testing/conformance.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createApp } from './app.js';
import { openApi } from './openapi.js';
import type { ReadRuns } from './runs.js';

const model = readArtefact(smallArtefact());
const now = (): Date => new Date('2026-11-28T02:00:00Z');
const hostile = '</pre><script>alert(1)</script>';

function appWith(runs: ReadRuns): ReturnType<typeof conformingRequest> {
  return conformingRequest(createApp({ model, now, runs }), openApi(model, '1'));
}

test('runs are told as JSON and as a page, found by kind and name, and what was typed stays text', async () => {
  const database = await openDatabase({ url: ':memory:' });
  await recordRun(database, {
    ...{ kind: 'copy', name: hostile, who: 'ana', now },
    work: async (run) => run.note({ output: { note: hostile } }),
  });
  await recordRun(database, { kind: 'training', name: 'tea', who: 'bea', now, work: async () => 1 });
  const request = appWith((question) => listRuns(database, { ...question, now: now() }));
  const namesOf = async (query: string): Promise<string[]> => {
    const { runs } = (await (await request(`/runs${query}`)).json()) as { runs: { name: string }[] };
    return runs.map(({ name }) => name);
  };
  assert.equal((await namesOf('')).length, 2);
  assert.deepEqual(await namesOf('?kind=training'), ['tea']);
  assert.deepEqual(await namesOf('?name=nothing'), []);
  assert.equal((await namesOf('?most=1')).length, 1);

  const response = await request('/runs', {
    headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
  });
  assert.match(response.headers.get('content-type')!, /^text\/html/);
  assert.match(response.headers.get('content-security-policy')!, /script-src 'none'/);
  const page = await response.text();
  assert.match(page, /<td>training<\/td><td>tea<\/td><td>bea<\/td>/);
  assert.doesNotMatch(page, /<script/);
  await database.close();
});

test('a question that is none is a 400, a record that cannot be read a 503 that tells nothing of it', async () => {
  const request = appWith(() => Promise.reject(new Error('postgres://u:secret@host is down')));
  assert.equal((await request('/runs?kind=party')).status, 400);
  assert.equal((await request('/runs?most=0')).status, 400);
  assert.equal((await request('/runs?name=%00')).status, 400);
  const response = await request('/runs');
  assert.equal(response.status, 503);
  assert.doesNotMatch(await response.text(), /secret|postgres/);
});
