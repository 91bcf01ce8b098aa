/** The log of predictions: what is kept, found, proved and mended. Long, because one log is held to all of it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { seededRandom } from '../random.js';
import { lockFolder, whileLocked } from './folder-lock.js';
import { openPredictionLog, type PredictionLogOptions } from './prediction-log.js';
import type { ErasedRecord, PredictionRecord } from './prediction-record.js';
import { findPrediction, verifyPredictions } from './read-predictions.js';

const noon = new Date('2026-11-21T12:00:00Z');

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-log-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function options(folder: string, own: Partial<PredictionLogOptions> = {}): PredictionLogOptions {
  return { folder, now: () => noon, onFull: 'drop-inputs', ...own };
}

function record(id: number): PredictionRecord {
  const row = { job: 'a\u2028b\n{"seal":', age: id };
  return {
    id: `id-${id}`,
    time: noon.toISOString(),
    model: 'm@1',
    row,
    probability: id / 7,
    decision: 'act',
  };
}

async function write(
  folder: string,
  ids: readonly number[],
  own: Partial<PredictionLogOptions> = {},
): Promise<void> {
  const log = await openPredictionLog(options(folder, own));
  for (const id of ids) {
    log.append([record(id)]);
    await log.flush();
  }
  await log.close();
}

test('what was appended is found again, and the chain holds over restarts and days', async (t) => {
  const folder = folderFor(t);
  await write(folder, [1, 2]);
  await write(folder, [3]);
  await write(folder, [4], { now: () => new Date('2026-11-22T00:00:01Z') });
  const verdict = await verifyPredictions(folder);
  assert.deepEqual(
    [verdict.files, verdict.commits, verdict.records, verdict.uncommitted, verdict.whole, verdict.issues],
    [2, 4, 4, 0, true, []],
  );
  assert.deepEqual(await findPrediction(folder, { id: 'id-3', time: noon }), record(3));
  // Made before midnight, committed after it.
  assert.deepEqual(await findPrediction(folder, { id: 'id-4', time: noon }), record(4));
  assert.equal(await findPrediction(folder, { id: 'id-5', time: noon }), undefined);
});

test('a prediction is found in a long log, although the clock went back now and then', async (t) => {
  const folder = folderFor(t);
  const random = seededRandom(3);
  const times: number[] = [];
  const lines: string[] = [];
  let clock = noon.getTime();
  for (let id = 0; id < 40_000; id++) {
    clock += random.uniform() < 0.001 ? -50_000 : random.integer(500);
    times.push(clock);
    // Rows may hold a column "id" that reads like another record.
    const row = {
      id: `id-${id + 1}`,
      note: `\n{"id":"id-${id + 2}",`,
      text: 'é'.repeat(random.integer(200)),
    };
    lines.push(JSON.stringify({ ...record(id), time: new Date(clock).toISOString(), row }));
    if (id % 50 === 0) lines.push('{"seal":{"records":50}}');
  }
  const name = '2026-11-21.ndjson';
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  assert.ok(statSync(join(folder, name)).size > 10 << 20);
  const find = (id: number, at: number): Promise<PredictionRecord | ErasedRecord | undefined> =>
    findPrediction(folder, { id: `id-${id}`, time: new Date(at) });
  for (const id of [0, 1, 39_999, ...Array.from({ length: 60 }, () => random.integer(40_000))]) {
    const found = await find(id, times[id]!);
    assert.equal(found && 'probability' in found && found.probability, id / 7);
    assert.equal(await find(id + 40_000, times[id]!), undefined);
  }
});

test('any byte that is changed, and any line that is removed or doubled, is told', async (t) => {
  const folder = folderFor(t);
  await write(folder, [1, 2, 3]);
  const [name] = readdirSync(folder);
  const path = join(folder, name!);
  const text = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 2), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const altered = Buffer.from(text);
      altered[at]! ^= flip;
      writeFileSync(path, altered);
      const { issues, uncommitted } = await verifyPredictions(folder);
      assert.ok(issues.length > 0 || uncommitted > 0);
    }),
    { numRuns: 100 },
  );
  const count = text.indexOf('"lost":0') + '"lost":'.length;
  const denied = Buffer.from(text);
  denied[count] = '1'.charCodeAt(0);
  writeFileSync(path, denied);
  assert.notEqual((await verifyPredictions(folder)).issues.length, 0, 'another count of lost records');
  const lines = text.toString().trimEnd().split('\n');
  for (let i = 0; i < lines.length - 1; i++) {
    writeFileSync(path, `${lines.filter((_, j) => j !== i).join('\n')}\n`);
    assert.notEqual((await verifyPredictions(folder)).issues.length, 0, `without line ${i}`);
    writeFileSync(path, `${lines.flatMap((line, j) => (j === i ? [line, line] : [line])).join('\n')}\n`);
    assert.notEqual((await verifyPredictions(folder)).issues.length, 0, `line ${i} twice`);
  }
});

test('what a crash left unsealed is cut off at the next start, wherever it was torn', async (t) => {
  const folder = folderFor(t);
  await write(folder, [1, 2]);
  const [name] = readdirSync(folder);
  const path = join(folder, name!);
  const whole = readFileSync(path);
  await write(folder, [3]);
  const longer = readFileSync(path);
  for (let end = whole.length; end < longer.length; end += 7) {
    writeFileSync(path, longer.subarray(0, end));
    await write(folder, [4]);
    const { issues, records } = await verifyPredictions(folder);
    assert.deepEqual(issues, []);
    assert.equal(records, 3);
  }
  writeFileSync(path, '{"id":"id-1"');
  await write(folder, [5]);
  assert.equal((await verifyPredictions(folder)).records, 1);
});

test('one process writes a folder; a dead one does not hold it', async (t) => {
  const folder = folderFor(t);
  writeFileSync(join(folder, 'writer.lock'), '1');
  await assert.rejects(openPredictionLog(options(folder)), /another process \(1\)/);
  writeFileSync(join(folder, 'writer.lock'), '99999999');
  await write(folder, [1]);
  // After a start of the machine another program has the number.
  writeFileSync(join(folder, 'writer.lock'), '1 7d3c8f50-0000-4000-8000-000000000000/17');
  await write(folder, [2]);
  const url = JSON.stringify(new URL('./folder-lock.js', import.meta.url));
  const holds = `import(${url}).then((it) => { it.lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000); })`;
  const other = spawn(process.execPath, ['-e', holds], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => other.kill('SIGKILL'));
  await once(other.stdout, 'data');
  await assert.rejects(openPredictionLog(options(folder)), new RegExp(`another process \\(${other.pid}\\)`));
});

test('a process of another container holds a folder as long as it touches its lock', async (t) => {
  const [left, held] = [folderFor(t), folderFor(t)];
  for (const folder of [left, held]) writeFileSync(join(folder, 'writer.lock'), '1 another-boot/17 pid:[17]');
  let touched = 0;
  const timer = setInterval(() => utimesSync(join(held, 'writer.lock'), 0, ++touched), 1000);
  t.after(() => clearInterval(timer));
  await Promise.all([
    write(left, [1]),
    assert.rejects(openPredictionLog(options(held)), /another process \(1\) writes there/),
  ]);
  assert.ok(touched > 0);
});

test('a lock is touched while it is held, and gone after that', async (t) => {
  const folder = folderFor(t);
  const lock = join(folder, 'writer.lock');
  const log = await openPredictionLog(options(folder));
  const { mtimeMs } = statSync(lock);
  await assert.rejects(openPredictionLog(options(folder)), /writes there/);
  for (let i = 0; i < 50 && statSync(lock).mtimeMs === mtimeMs; i++) await wait(100);
  assert.notEqual(statSync(lock).mtimeMs, mtimeMs);
  await log.close();
  assert.deepEqual(readdirSync(folder), []);
});

test('commits of several records are proved, and an altered one is told, wherever it stands', async (t) => {
  const folder = folderFor(t);
  const log = await openPredictionLog(options(folder));
  for (const ids of [[1, 2, 3], [4, 5], [6]]) {
    log.append(ids.map(record));
    await log.flush();
  }
  await log.close();
  const { commits, records, whole, issues } = await verifyPredictions(folder);
  assert.deepEqual([commits, records, whole, issues], [3, 6, true, []]);
  const path = join(folder, '2026-11-21.ndjson');
  const text = readFileSync(path, 'utf8');
  for (const id of [1, 3, 4, 5, 6]) {
    writeFileSync(path, text.replace(`"age":${id}`, `"age":${id}0`));
    const found = (await verifyPredictions(folder)).issues.map(({ code, where }) => `${code} ${where?.line}`);
    assert.deepEqual(found, [`store-log-altered ${id < 4 ? 4 : id < 6 ? 7 : 9}`], `record ${id}`);
  }
});

test('a prediction is looked for in the file of its day, and of the day after', async (t) => {
  const folder = folderFor(t);
  const day = 86_400_000;
  for (const days of [0, 1, 2, 3]) {
    const at = new Date(noon.getTime() + days * day);
    const log = await openPredictionLog(options(folder, { now: () => at }));
    log.append([{ ...record(days), time: at.toISOString() }]);
    await log.close();
  }
  for (const days of [0, 3]) {
    const time = new Date(noon.getTime() + days * day);
    const found = (await findPrediction(folder, { id: `id-${days}`, time })) as PredictionRecord;
    assert.equal(found.probability, days / 7);
  }
  const late = new Date(noon.getTime() + 2 * day - 1);
  assert.ok(await findPrediction(folder, { id: 'id-2', time: late }), 'committed after midnight');
  assert.equal(await findPrediction(folder, { id: 'id-3', time: noon }), undefined);
});

test('where the disk is slower than the requests, what does not fit into the memory is counted, or refused', async (t) => {
  const folder = folderFor(t);
  const hurt: number[] = [];
  const megabyte = JSON.stringify({ text: 'x'.repeat(1024 * 1024) });
  const many = Array.from({ length: 65 }, (_, id) => ({ ...record(id), rowText: megabyte }));
  const lossy = await openPredictionLog(
    options(folder, { commitMs: 60_000, onFailure: (_, count) => hurt.push(count) }),
  );
  lossy.append(many);
  assert.deepEqual(hurt, [1]);
  await lossy.close();
  const { records, lost, issues } = await verifyPredictions(folder);
  assert.deepEqual([records, lost, issues], [64, 1, []]);
  const strict = await openPredictionLog(options(folderFor(t), { commitMs: 60_000, onFull: 'stop' }));
  assert.throws(() => strict.append(many), /the disk is slower than the requests/i);
  await strict.close();
});

test('a lock that names no process holds nobody', async (t) => {
  const folder = folderFor(t);
  for (const text of ['', 'rubbish', '0', '-1', '1.5']) {
    writeFileSync(join(folder, 'writer.lock'), text);
    (await lockFolder(folder))();
  }
});

test('a part of the program waits for its turn, and not for ever', async (t) => {
  const folder = folderFor(t);
  const release = await lockFolder(folder);
  await assert.rejects(
    whileLocked(folder, () => 'done'),
    /another process \(\d+\) writes there/i,
  );
  const turn = whileLocked(folder, () => 'done');
  release();
  assert.equal(await turn, 'done');
  await assert.rejects(
    whileLocked(join(folder, 'none'), () => 'done'),
    { code: 'ENOENT' },
  );
});

test('old days are removed, and the rest says that it is not whole', async (t) => {
  const folder = folderFor(t);
  await write(folder, [1]);
  await write(folder, [2], { now: () => new Date('2026-12-21T12:00:00Z'), keepDays: 10 });
  const { files, whole, issues } = await verifyPredictions(folder);
  assert.deepEqual([files, whole, issues], [1, false, []]);
});

test('on a full disk the log goes on without inputs, or stops and mends itself, as asked', async (t) => {
  const folder = folderFor(t);
  // A folder where the day's file should be: no commit can succeed until it is gone.
  const blocked = join(folder, '2026-11-21.ndjson', 'x');
  const { mkdirSync } = await import('node:fs');
  mkdirSync(blocked, { recursive: true });
  const hurt: number[] = [];
  const failing = {
    now: () => new Date('2026-11-21T13:00:00Z'),
    onFailure: (_: Error, count: number) => hurt.push(count),
  };
  const unblock = (): void => rmSync(join(folder, '2026-11-21.ndjson'), { recursive: true });
  await assert.rejects(openPredictionLog(options(folder, failing)));
  unblock();

  const log = await openPredictionLog(options(folder, { ...failing, onFull: 'stop' }));
  mkdirSync(blocked, { recursive: true });
  log.append([record(1)]);
  await log.flush();
  assert.match(log.stopped ?? '', /cannot be written/);
  assert.throws(() => log.append([record(2)]), /cannot be written/);
  unblock();
  await log.flush();
  assert.equal(log.stopped, undefined);
  log.append([record(2)]);
  await log.close();
  assert.equal((await verifyPredictions(folder)).records, 2);

  unblock();
  const lossy = await openPredictionLog(options(folder, failing));
  mkdirSync(blocked, { recursive: true });
  lossy.append([record(3)]);
  await lossy.flush();
  assert.equal(lossy.stopped, undefined);
  unblock();
  lossy.append([record(4)]);
  await lossy.close();
  const verdict = await verifyPredictions(folder);
  assert.deepEqual([verdict.records, verdict.lost, verdict.issues], [1, 1, []]);
  assert.deepEqual(hurt, [0, 1]);
});

test('records that were torn between two starts are told as not yet committed', async (t) => {
  const folder = folderFor(t);
  await write(folder, [1]);
  appendFileSync(join(folder, '2026-11-21.ndjson'), `${JSON.stringify(record(2))}\n{"id":`);
  const { uncommitted, issues } = await verifyPredictions(folder);
  assert.deepEqual([uncommitted, issues], [2, []]);
});
