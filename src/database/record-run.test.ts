/** The record of runs: how each ended, also where nobody could say so any more, and what a record must not hold. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Problem } from '../problem.js';
import { testOnEachDatabase } from '../testing/on-each-database.js';
import { openDatabase } from './database.js';
import { listRuns } from './list-runs.js';
import { recordRun } from './record-run.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique-runs-'));
after(() => rmSync(folder, { recursive: true }));

/** A clock that goes on by a second whenever it is read. */
function ticking(from = '2026-11-28T02:00:00Z'): () => Date {
  let time = Date.parse(from);
  return () => {
    time += 1000;
    return new Date(time);
  };
}

testOnEachDatabase('a run says who, when, from what, to what, how long, and how it ended', async (url) => {
  const database = await openDatabase({ url });
  const now = ticking();
  const start = { kind: 'training', name: 'tea', who: 'ana', input: { seed: 7 }, now } as const;
  const result = await recordRun(database, {
    ...start,
    work: async (run) => {
      assert.equal((await listRuns(database, { now: now() }))[0]?.state, 'running');
      run.note({ input: { sha256: 'ab' }, output: { version: 'v1' } });
      run.note({ output: { alias: 'champion' } });
      return 42;
    },
  });
  assert.equal(result, 42);
  const [run] = await listRuns(database, { now: now() });
  const { id, program, host, ...rest } = run!;
  assert.match(id, /^20261128-020001-[0-9a-f]{8}$/);
  assert.match(program, /^alambique /);
  assert.notEqual(host, '');
  assert.deepEqual(rest, {
    kind: 'training',
    name: 'tea',
    who: 'ana',
    started: '2026-11-28T02:00:01.000Z',
    ended: '2026-11-28T02:00:03.000Z',
    state: 'ended',
    seconds: 2,
    input: { seed: 7, sha256: 'ab' },
    output: { version: 'v1', alias: 'champion' },
    error: null,
  });
  await database.close();
});

testOnEachDatabase(
  'a run that fails throws its own error, and keeps its sentence without values',
  async (url) => {
    const database = await openDatabase({ url });
    const now = ticking();
    const problem = new Problem({ code: 'csv-bad', what: 'this is no number', got: '"Ana Pérez"' });
    const failing = (name: string, thrown: unknown): Promise<unknown> =>
      recordRun(database, { kind: 'copy', name, now, work: () => Promise.reject(thrown) });
    await assert.rejects(failing('a', problem), (error) => error === problem);
    await assert.rejects(failing('b', new Error('no route to postgres://u:secret@host/x \0\ud800')));
    await assert.rejects(failing('c', new DOMException('stopped by SIGINT', 'AbortError')));
    const runs = await listRuns(database, { kind: 'copy', now: now() });
    assert.deepEqual(runs.map(({ name, state }) => [name, state]).reverse(), [
      ['a', 'failed'],
      ['b', 'failed'],
      ['c', 'stopped'],
    ]);
    assert.equal(runs[2]?.error, 'This is no number.');
    assert.match(runs[1]!.error!, /postgres:\/\/…@host/);
    assert.doesNotMatch(JSON.stringify(runs), /secret|Pérez/);
    await database.close();
  },
);

testOnEachDatabase('runs are found by kind, name and id, newest first', async (url) => {
  const database = await openDatabase({ url });
  const now = ticking();
  for (const name of ['a', 'b', 'a'])
    await recordRun(database, {
      kind: name === 'a' ? 'job' : 'batch',
      name,
      now,
      work: async () => undefined,
    });
  const named = async (options: object): Promise<string[]> =>
    (await listRuns(database, { ...options, now: now() })).map(({ name }) => name);
  assert.deepEqual(await named({}), ['a', 'b', 'a']);
  assert.deepEqual(await named({ kind: 'batch' }), ['b']);
  assert.deepEqual(await named({ name: 'a', most: 1 }), ['a']);
  const [, second] = await listRuns(database, { now: now() });
  assert.deepEqual(await named({ id: second!.id }), ['b']);
  await database.close();
});

test('a record that cannot be written harms no run', async () => {
  const database = await openDatabase({ url: ':memory:' });
  const told: string[] = [];
  const onFailure = (error: Error): number => told.push(error.message);
  const work = async (): Promise<number> => 1;
  const options = { kind: 'job', name: 'a', now: ticking(), onFailure } as const;
  await recordRun(database, {
    ...options,
    work: async (run) => run.note({ output: { share: Number.NaN } }),
  });
  assert.equal((await listRuns(database, { now: new Date(0) }))[0]?.state, 'ended');
  assert.match(told.join(), /not finite/);
  await database.close();
  assert.equal(await recordRun(database, { ...options, work }), 1);
  assert.equal(told.length, 3);
});

test('a run whose process was killed is gone; one of another machine once it has been silent for ten minutes', async () => {
  const url = join(folder, 'killed.db');
  const place = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  const program = `import { openDatabase } from ${place('./database.js')};
    import { recordRun } from ${place('./record-run.js')};
    await recordRun(await openDatabase({ url: ${JSON.stringify(url)} }), {
      kind: 'training', name: 'tea', now: () => new Date('2026-11-28T02:00:00Z'),
      work: async () => process.kill(process.pid, 'SIGKILL') && new Promise(() => setInterval(() => 0, 1000)),
    });`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', program]);
  assert.equal(signal, 'SIGKILL');
  const database = await openDatabase({ url });
  const state = async (now: string): Promise<string | undefined> =>
    (await listRuns(database, { now: new Date(now) }))[0]?.state;
  if (process.platform === 'linux') assert.equal(await state('2026-11-28T02:00:01Z'), 'gone');
  await database.query.updateTable('runs').set({ process: '7 elsewhere/9 pid:[1]' }).execute();
  assert.equal(await state('2026-11-28T02:09:00Z'), 'running');
  assert.equal(await state('2026-11-28T02:11:00Z'), 'gone');
  await database.close();
});
