/** Predictions reach the database exactly once, however it is interrupted, and what is sealed stays sealed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Database, openDatabase } from '../database/database.js';
import { testOnEachDatabase } from '../testing/on-each-database.js';
import { findPredictions } from './find-predictions.js';
import { forgetPerson } from './forget-person.js';
import { loadPredictions, removeGoneLogs } from './load-predictions.js';
import { openPredictionLog } from './prediction-log.js';
import { predictionLogs } from './prediction-logs.js';
import { verifyPredictions } from './read-predictions.js';

const root = mkdtempSync(join(tmpdir(), 'alambique-load-'));
after(() => rmSync(root, { recursive: true }));
let made = 0;

interface LogPlan {
  readonly commits: number;
  readonly each: number;
  readonly day?: string;
  readonly person?: string;
}

/** A log with so many commits of so many predictions, at the end of what is there. */
async function writeLog(
  folder: string,
  { commits, each, day = '2026-11-28', person }: LogPlan,
): Promise<void> {
  const now = (): Date => new Date(`${day}T02:00:00Z`);
  const log = await openPredictionLog({ folder, now, onFull: 'stop' });
  for (let commit = 0; commit < commits; commit++) {
    log.append(
      Array.from({ length: each }, () => ({
        id: `id-${++made}`,
        time: now().toISOString(),
        model: 'loans@1',
        probability: 0.1,
        decision: 'act',
        row: { salary: 'a secret salary' },
        ...(person !== undefined && { person }),
      })),
    );
    await log.flush();
  }
  await log.close();
}

function newFolder(): { folder: string; all: string } {
  const all = join(root, `logs-${++made}`);
  return { all, folder: join(all, 'loans') };
}

async function idsOf({ query }: Database): Promise<string[]> {
  const rows = await query.selectFrom('predictions').select('id').execute();
  return rows.map(({ id }) => id);
}

/** The ids that stand in a log's files, as they were written. */
function idsIn(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^\{"id":"(.*?)"/gm)].map(([, id]) => id!);
}

testOnEachDatabase('each prediction is loaded once, and asked by SQL', async (url) => {
  const { folder } = newFolder();
  const log = { folder, study: 'loans' };
  const database = await openDatabase({ url });
  assert.equal((await loadPredictions(database, log)).loaded, 0);
  await writeLog(folder, { commits: 3, each: 4 });
  assert.deepEqual(await loadPredictions(database, log), {
    ...{ study: 'loans', loaded: 12, removed: 0, gaps: 0, issues: [] },
  });
  assert.equal((await loadPredictions(database, log)).loaded, 0);
  await writeLog(folder, { commits: 2, each: 1 });
  // What a crash left unsealed was never committed.
  appendFileSync(join(folder, '2026-11-28.ndjson'), '{"id":"torn","time":"2026-11-28T02:00:00.000Z"}\n');
  assert.equal((await loadPredictions(database, { ...log, inTransaction: 1 })).loaded, 2);
  assert.deepEqual(
    (await idsOf(database)).sort(),
    idsIn(join(folder, '2026-11-28.ndjson')).filter((id) => id !== 'torn').sort(), // biome-ignore format: one thought
  );
  const row = await database.query.selectFrom('predictions').selectAll().limit(1).executeTakeFirstOrThrow();
  assert.deepEqual(
    [row.study, row.day, row.time, row.model, row.probability, row.prediction, row.decision, row.person],
    ['loans', '2026-11-28', '2026-11-28T02:00:00.000Z', 'loans@1', 0.1, null, 'act', null],
  );
  await database.close();
});

testOnEachDatabase(
  'killed in the middle and started again, by several at once: no row twice, none lost',
  async (url) => {
    const { folder } = newFolder();
    await writeLog(folder, { commits: 150, each: 3 });
    const place = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
    const program = `import { openDatabase } from ${place('../database/database.js')};
    import { loadPredictions, removeGoneLogs } from ${place('./load-predictions.js')};
    const database = await openDatabase({ url: ${JSON.stringify(url)} });
    process.stdout.write('open');
    await loadPredictions(database, { folder: ${JSON.stringify(folder)}, study: 'loans', inTransaction: 1 });
    await database.close();`;
    const loadAndKill = async (after?: number): Promise<void> => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      if (after !== undefined) {
        await once(child.stdout, 'data');
        await wait(after);
        child.kill('SIGKILL');
      }
      const [code, signal] = await ended;
      assert.ok(code === 0 || signal === 'SIGKILL', `${code} ${signal}`);
    };
    for (const delay of [3, 9, 27]) await loadAndKill(delay);
    await Promise.all([loadAndKill(20), loadAndKill(), loadAndKill()]);
    const database = await openDatabase({ url });
    await loadPredictions(database, { folder, study: 'loans' });
    assert.deepEqual((await idsOf(database)).sort(), idsIn(join(folder, '2026-11-28.ndjson')).sort());
    await database.close();
  },
);

testOnEachDatabase(
  'what is about a person is found by their id, and once forgotten cannot be read here either',
  async (url) => {
    const { folder, all } = newFolder();
    await writeLog(folder, { commits: 1, each: 2, person: 'ana' });
    await writeLog(folder, { commits: 1, each: 1, person: 'bruno' });
    const database = await openDatabase({ url });
    await loadPredictions(database, { folder, study: 'loans' });
    const logs = predictionLogs(all);
    const of = (person: string): Promise<readonly object[]> => findPredictions(database, { logs, person });
    assert.equal((await of('ana')).length, 2);
    assert.deepEqual((await of('bruno')).map((one) => ({ ...one, id: '' })), [
    {
      ...{ study: 'loans', id: '', time: '2026-11-28T02:00:00.000Z', model: 'loans@1' },
      ...{ row: { salary: 'a secret salary' }, probability: 0.1, decision: 'act' },
    },
  ]); // biome-ignore format: one thought
    assert.equal((await of('carl')).length, 0);
    const kept = JSON.stringify(await database.query.selectFrom('predictions').selectAll().execute());
    assert.doesNotMatch(kept, /secret|0\.1|"act"|ana|bruno/);

    await forgetPerson('ana', { folder: all });
    assert.equal((await of('ana')).length, 0);
    const erased = (await findPredictions(database, { logs })).filter((one) => 'erased' in one);
    assert.equal(erased.length, 2);
    assert.deepEqual((await verifyPredictions(folder)).issues, []);
    await database.close();
  },
);

testOnEachDatabase(
  'a commit that was altered is left out and told; what follows it is loaded',
  async (url) => {
    const { folder } = newFolder();
    await writeLog(folder, { commits: 3, each: 2 });
    const path = join(folder, '2026-11-28.ndjson');
    const text = readFileSync(path, 'utf8');
    const third = idsIn(path)[2]!;
    writeFileSync(path, text.replace(`"${third}"`, '"id-forged"'));
    const database = await openDatabase({ url });
    const { loaded, issues } = await loadPredictions(database, { folder, study: 'loans' });
    assert.deepEqual([loaded, issues.map(({ code }) => code)], [4, ['store-log-altered']]);
    assert.ok(!(await idsOf(database)).includes('id-forged'));
    await database.close();
  },
);

testOnEachDatabase(
  'days that the log has removed go; what went before it was loaded is told as a gap',
  async (url) => {
    const { folder } = newFolder();
    const log = { folder, study: 'loans' };
    const database = await openDatabase({ url });
    for (const day of ['2026-11-25', '2026-11-26']) await writeLog(folder, { commits: 1, each: 2, day });
    assert.equal((await loadPredictions(database, log)).loaded, 4);
    rmSync(join(folder, '2026-11-25.ndjson'));
    assert.deepEqual((await loadPredictions(database, log)).removed, 2);
    for (const day of ['2026-11-27', '2026-11-28']) await writeLog(folder, { commits: 1, each: 2, day });
    rmSync(join(folder, '2026-11-26.ndjson'));
    rmSync(join(folder, '2026-11-27.ndjson'));
    const { loaded, removed, gaps } = await loadPredictions(database, log);
    assert.deepEqual([loaded, removed, gaps], [2, 2, 1]);
    rmSync(join(folder, '2026-11-28.ndjson'));
    assert.equal((await loadPredictions(database, log)).removed, 2);
    await database.close();
  },
);

testOnEachDatabase(
  'a day whose file is not what was loaded is loaded anew: nothing stays that the log has not',
  async (url) => {
    const { folder } = newFolder();
    const log = { folder, study: 'loans' };
    const path = join(folder, '2026-11-28.ndjson');
    const database = await openDatabase({ url });
    await writeLog(folder, { commits: 1, each: 2, day: '2026-11-27' });
    await writeLog(folder, { commits: 4, each: 2 });
    await loadPredictions(database, log);
    // The disk took the last commit and then refused it: the log takes it back and writes another.
    const seals = [...readFileSync(path, 'utf8').matchAll(/^\{"seal":.*\n/gm)];
    truncateSync(path, seals[2]!.index + seals[2]![0].length);
    await writeLog(folder, { commits: 1, each: 1 });
    await loadPredictions(database, log);
    assert.deepEqual(
      (await idsOf(database)).sort(),
      [...idsIn(join(folder, '2026-11-27.ndjson')), ...idsIn(path)].sort(),
    );
    rmSync(path);
    await writeLog(folder, { commits: 1, each: 1 });
    const { loaded, removed } = await loadPredictions(database, log);
    assert.deepEqual([loaded, removed], [1, 7]);
    assert.deepEqual(
      (await idsOf(database)).sort(),
      [...idsIn(join(folder, '2026-11-27.ndjson')), ...idsIn(path)].sort(),
    );
    await database.close();
  },
);

testOnEachDatabase(
  'what came from a log that is gone, or whose place another has taken, goes; one that comes back is loaded',
  async (url) => {
    const [first, second] = [newFolder(), newFolder()];
    const database = await openDatabase({ url });
    const load = async (folder: string): Promise<number> =>
      (await loadPredictions(database, { folder, study: 'loans' })).loaded;
    for (const { folder } of [first, second]) {
      await writeLog(folder, { commits: 1, each: 2 });
      assert.equal(await load(folder), 2);
    }
    assert.equal(await removeGoneLogs(database), 0);
    const aside = `${first.folder}-aside`;
    renameSync(first.folder, aside);
    assert.equal(await removeGoneLogs(database), 2);
    renameSync(aside, first.folder);
    assert.equal(await load(first.folder), 2);
    rmSync(second.folder, { recursive: true });
    await writeLog(second.folder, { commits: 1, each: 1 });
    assert.equal(await load(second.folder), 1);
    assert.equal(await removeGoneLogs(database), 2);
    assert.equal((await idsOf(database)).length, 3);
    await database.close();
  },
);

testOnEachDatabase('two logs of studies of one name do not mix', async (url) => {
  const database = await openDatabase({ url });
  for (let machine = 0; machine < 2; machine++) {
    const { folder } = newFolder();
    await writeLog(folder, { commits: 2, each: 1 });
    assert.equal((await loadPredictions(database, { folder, study: 'loans' })).loaded, 2);
  }
  await database.close();
});
