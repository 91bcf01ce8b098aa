/** A job that somebody else's timer starts leaves its record, as one that our clock starts; neither it nor the alert holds values. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDatabase } from '../database/database.js';
import { listRuns } from '../database/list-runs.js';
import { Problem } from '../problem.js';
import { workspace } from '../workspace.js';
import { defineJob } from './job.js';
import { timerHandler } from './timer-handler.js';

const root = mkdtempSync(join(tmpdir(), 'alambique-timer-'));
after(() => rmSync(root, { recursive: true }));

test('a timer’s run is recorded, well ended or failed, and what failed is told without values', async () => {
  const now = (): Date => new Date('2026-11-28T02:00:05Z');
  const alerts: string[] = [];
  const options = {
    ...{ now, env: { ALAMBIQUE_ALERT_URL: 'http://127.0.0.1:9/alert' }, workspace: workspace(root) },
    fetch: async (_: unknown, init?: RequestInit) => {
      alerts.push(String(init?.body));
      return new Response();
    },
  };
  const complaints: string[] = [];
  const context = { log: () => undefined, error: (text: string) => complaints.push(text) };
  const well = defineJob({ name: 'well', run: async () => ({ outcome: 'done', output: { rows: 3 } }) });
  const badly = defineJob({
    name: 'badly',
    run: () => Promise.reject(new Problem({ code: 'a', what: 'a key stands twice', got: '"Ana Pérez"' })),
  });
  await timerHandler(well, options)({}, context);
  await assert.rejects(timerHandler(badly, options)({}, context), /badly: failed/);
  const database = await openDatabase({ url: join(root, 'data', 'alambique.db') });
  const runs = await listRuns(database, { kind: 'job', now: now() });
  assert.deepEqual(runs.map(({ name, state, error, output }) => [name, state, error, output.rows]).sort(), [
    ['badly', 'failed', 'A key stands twice.', undefined],
    ['well', 'ended', null, 3],
  ]);
  assert.equal(alerts.length, 1);
  assert.doesNotMatch(JSON.stringify(runs) + alerts + complaints, /Pérez/);
  await database.close();
});
