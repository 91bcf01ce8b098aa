/** What becomes of the log of predictions when disks, clocks, other programs and persons do what they do. Long, because one log meets all of it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../problem.js';
import { forgetPerson } from './forget-person.js';
import { openPredictionLog, type PredictionLog, type PredictionLogOptions } from './prediction-log.js';
import type { NewPrediction } from './prediction-record.js';
import { folderProblem } from './private-folder.js';
import { findPrediction, verifyPredictions } from './read-predictions.js';

const noon = new Date('2026-11-21T12:00:00Z');
const today = '2026-11-21.ndjson';
const day = 86_400_000;

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-log-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'loans');
}

function open(folder: string, own: Partial<PredictionLogOptions> = {}): Promise<PredictionLog> {
  return openPredictionLog({ folder, now: () => noon, onFull: 'drop-inputs', ...own });
}

function prediction(id: number, own: Partial<NewPrediction> = {}): NewPrediction {
  const row = { age: id };
  return {
    id: `id-${id}`,
    time: noon.toISOString(),
    model: 'm@1',
    row,
    probability: 0.5,
    decision: 'act',
    ...own,
  };
}

const about = (id: number, client: string): NewPrediction =>
  prediction(id, { row: { client, age: id }, person: client, caller: 'erp' });

const find = (folder: string, id: number) => findPrediction(folder, { id: `id-${id}`, time: noon });

test('a disk that stays full for many tries costs nothing and breaks nothing where that stops the service', async (t) => {
  const folder = folderFor(t);
  const log = await open(folder, { onFull: 'stop' });
  mkdirSync(join(folder, today));
  log.append([prediction(1), prediction(2)]);
  for (let tries = 0; tries < 5; tries++) await log.flush();
  assert.match(log.stopped ?? '', /cannot be written/);
  rmSync(join(folder, today), { recursive: true });
  await log.flush();
  log.append([prediction(3)]);
  await log.close();
  const { records, lost, issues } = await verifyPredictions(folder);
  assert.deepEqual([records, lost, issues], [3, 0, []]);
});

test('where there is no log there is nothing to prove, and that is said', async (t) => {
  const folder = folderFor(t);
  const { issues } = await verifyPredictions(folder);
  assert.deepEqual(
    issues.map(({ code }) => code),
    ['store-no-log'],
  );
});

test('a file that is removed or moved away while it is written is begun anew, and told', async (t) => {
  for (const take of [(path: string) => rmSync(path), (path: string) => renameSync(path, `${path}.1`)]) {
    const folder = folderFor(t);
    const told: string[] = [];
    const log = await open(folder, { onFailure: ({ message }) => told.push(message) });
    log.append([prediction(1)]);
    await log.flush();
    take(join(folder, today));
    for (const id of [2, 3]) {
      log.append([prediction(id)]);
      await log.flush();
      assert.equal((await find(folder, id))?.id, `id-${id}`);
    }
    await log.close();
    assert.deepEqual(told, [`${today} was removed or replaced while it was written; a new one is begun.`]);
    const { records, whole, issues } = await verifyPredictions(folder);
    assert.deepEqual([records, whole, issues], [2, false, []]);
  }
});

test('old days are removed though no prediction comes', async (t) => {
  const folder = folderFor(t);
  let clock = noon;
  const log = await open(folder, { now: () => clock, keepDays: 10, sweepMs: 5 });
  log.append([prediction(1)]);
  await log.flush();
  await wait(20);
  assert.ok(existsSync(join(folder, today)));
  clock = new Date(noon.getTime() + 12 * day);
  while (existsSync(join(folder, today))) await wait(5);
  await log.close();
});

test('a clock that is months ahead does not remove everything at once', async (t) => {
  const folder = folderFor(t);
  const first = await open(folder, { keepDays: 90 });
  first.append([prediction(1)]);
  await first.close();
  const told: string[] = [];
  const late = new Date(noon.getTime() + 200 * day);
  const log = await open(folder, {
    now: () => late,
    keepDays: 90,
    onFailure: ({ message }) => told.push(message),
  });
  await log.close();
  assert.ok(existsSync(join(folder, today)));
  assert.match(told[0]!, /^The clock is 200 days ahead/);
  // A machine that was off for a month is believed.
  const back = await open(folder, { now: () => new Date(noon.getTime() + 30 * day), keepDays: 10 });
  await back.close();
  assert.ok(!existsSync(join(folder, today)));
});

test('a log of before retention was marked is counted from its last day', async (t) => {
  const folder = folderFor(t);
  const first = await open(folder);
  first.append([prediction(1)]);
  await first.close();
  const told: string[] = [];
  const later = async (days: number): Promise<void> => {
    const now = (): Date => new Date(noon.getTime() + days * day);
    const onFailure = ({ message }: Error): unknown => told.push(message);
    await (await open(folder, { now, keepDays: 10, onFailure })).close();
  };
  await later(300);
  assert.ok(existsSync(join(folder, today)));
  assert.equal(told.length, 1);
  assert.equal(
    readFileSync(join(folder, 'retention'), 'utf8').slice(0, 10),
    '2026-11-22',
    'one day is believed',
  );
  await later(10);
  assert.ok(existsSync(join(folder, today)), 'the last day that is kept');
  await later(11);
  assert.ok(!existsSync(join(folder, today)));
});

test('a process that was killed and is not yet buried does not hold the folder', {
  skip: process.platform !== 'linux' && 'it looks into /proc',
}, async (t) => {
  const folder = folderFor(t);
  mkdirSync(folder);
  const url = JSON.stringify(new URL('./folder-lock.js', import.meta.url));
  const holds = `import(${url}).then((it) => it.lockFolder(${JSON.stringify(folder)})).then(() => console.log(process.pid))`;
  // `sleep` is the parent of what the shell began, and never asks what became of it.
  const parent = spawn('sh', [
    '-c',
    '"$0" -e "$1; setInterval(() => {}, 1000)" & exec sleep 600',
    process.execPath,
    holds,
  ]);
  t.after(() => parent.kill('SIGKILL'));
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  await assert.rejects(open(folder), /another process/);
  process.kill(Number(said), 'SIGKILL');
  const isZombie = (): boolean => / Z /.test(readFileSync(`/proc/${Number(said)}/stat`, 'utf8'));
  while (!isZombie()) await wait(5);
  await (await open(folder)).close();
});

test('a folder that cannot be is refused in a sentence, at once', async (t) => {
  const folder = folderFor(t);
  writeFileSync(folder, 'a file');
  const wrong = process.platform === 'linux' ? [folder, join(folder, 'x'), '/proc/alambique/x'] : [folder];
  for (const one of wrong) {
    await assert.rejects(open(one), (error: unknown) => {
      assert.ok(error instanceof Problem, String(error));
      assert.match(error.message, /nothing can be kept there/);
      return true;
    });
  }
});

test('only their owner can read the files and look into the folder', {
  skip: process.platform === 'win32' && 'it has other rights',
}, async (t) => {
  const folder = folderFor(t);
  mkdirSync(folder);
  writeFileSync(join(folder, today), '', { mode: 0o644 });
  const deep = join(folder, 'a', 'b');
  await (await open(deep)).close();
  const log = await open(folder, { keepDays: 10 });
  log.append([about(1, 'ana')]);
  await log.close();
  const modeOf = (...path: string[]): string => (statSync(join(folder, ...path)).mode & 0o777).toString(8);
  assert.deepEqual(
    [modeOf(today), modeOf('retention'), modeOf('keys'), modeOf('keys', 'keys.ndjson'), modeOf('a', 'b')],
    ['600', '600', '700', '600', '700'],
  );
  await forgetPerson('ana', { folder: join(folder, '..'), study: 'loans' });
  assert.equal(modeOf('keys', 'keys.ndjson'), '600');
});

test('beyond its size the oldest days go; what does not fit even so is counted, or stops the service', async (t) => {
  const folder = folderFor(t);
  let clock = noon;
  const hurt: number[] = [];
  const own = { now: () => clock, mostBytes: 2000, onFailure: (_: Error, count: number) => hurt.push(count) };
  const log = await open(folder, own);
  for (let days = 0; days < 4; days++) {
    clock = new Date(noon.getTime() + days * day);
    log.append([prediction(days, { row: { text: 'x'.repeat(500) } })]);
    await log.flush();
  }
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith('.ndjson')), ['2026-11-23.ndjson', '2026-11-24.ndjson']); // biome-ignore format: one thought
  assert.deepEqual(hurt, []);
  for (let id = 10; id < 20; id++) {
    log.append([prediction(id, { row: { text: 'x'.repeat(500) } })]);
    await log.flush();
  }
  await log.close();
  assert.ok(statSync(join(folder, '2026-11-24.ndjson')).size <= 2000);
  assert.ok(hurt.length > 0);
  assert.deepEqual((await verifyPredictions(folder)).issues, []);

  const strict = await open(folder, { ...own, onFull: 'stop' });
  strict.append([prediction(30, { row: { text: 'x'.repeat(3000) } })]);
  await strict.flush();
  assert.match(strict.stopped ?? '', /reached its size of 2000 bytes/);
  await strict.close();
});

test('what fits to the byte is kept', async (t) => {
  const sizeOf = (folder: string): number => statSync(join(folder, today)).size;
  const first = folderFor(t);
  const write = async (folder: string, mostBytes?: number): Promise<number> => {
    const hurt: number[] = [];
    const log = await open(folder, { mostBytes, onFailure: (_, count) => hurt.push(count) });
    for (const id of [1, 2]) {
      log.append([prediction(id)]);
      await log.flush();
    }
    await log.close();
    return hurt.length;
  };
  await write(first);
  assert.equal(await write(folderFor(t), sizeOf(first)), 0);
  assert.equal(await write(folderFor(t), sizeOf(first) - 1), 1);
});

test('what is no fault of a folder is not blamed on it', () => {
  const [bug, problem] = [new TypeError('x is not a function'), new Problem({ code: 'a', what: 'b' })];
  assert.deepEqual([folderProblem('f', bug), folderProblem('f', problem)], [bug, problem]);
  const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
  assert.match(String(folderProblem('f', full)), /nothing can be kept there: ENOSPC: no space left/);
});

test('a person is looked for in one log or in all, and where there is none that place is named', async (t) => {
  const folder = folderFor(t);
  const places = async (study?: string): Promise<unknown> => {
    const forgotten = forgetPerson('ana', { folder, ...(study !== undefined && { study }) });
    return forgotten.catch((error: Problem) => [error.issues[0]?.code, error.issues[0]?.where?.file]);
  };
  assert.deepEqual(await places(), ['store-no-log', folder]);
  assert.deepEqual(await places('loans'), ['store-no-log', join(folder, 'loans')]);
});

test('a record says who asked', async (t) => {
  const folder = folderFor(t);
  const log = await open(folder);
  log.append([prediction(1, { caller: 'erp' })]);
  await log.close();
  assert.deepEqual(await find(folder, 1), prediction(1, { caller: 'erp' }));
});

test('what is about a person is read with their key alone; forgotten, it is unreadable and the chain still holds', async (t) => {
  const folder = folderFor(t);
  const log = await open(folder);
  log.append([prediction(0)]);
  log.append([about(1, 'ana'), about(2, 'bea'), about(3, 'ana')]);
  await log.flush();
  const text = readFileSync(join(folder, today), 'utf8');
  assert.ok(!text.includes('"ana"') && !text.includes('"bea"') && text.split('"probability"').length === 2);
  const { person: _, ...plain } = about(3, 'ana');
  assert.deepEqual(await find(folder, 3), plain);

  // The service goes on meanwhile.
  const forgotten = await forgetPerson('ana', { folder: join(folder, '..') });
  assert.deepEqual(forgotten, [{ study: 'loans', predictions: 2 }]);
  for (const id of [1, 3]) {
    const time = noon.toISOString();
    const erased = { id: `id-${id}`, time, model: 'm@1', caller: 'erp', erased: true };
    assert.deepEqual(await find(folder, id), erased);
    assert.deepEqual(await findPrediction(folder, { id: `id-${id}`, time: noon, keys: log.keys }), erased);
  }
  log.append([about(4, 'ana')]);
  await log.close();
  assert.equal(((await find(folder, 2)) as NewPrediction).row?.client, 'bea');
  assert.equal(
    ((await find(folder, 4)) as NewPrediction).row?.client,
    'ana',
    'who comes again has a new key',
  );
  const verdict = await verifyPredictions(folder);
  assert.deepEqual([verdict.records, verdict.erased, verdict.issues], [5, 2, []]);
  assert.equal(
    readFileSync(join(folder, today), 'utf8').startsWith(text),
    true,
    'not a byte of the log changed',
  );

  await assert.rejects(forgetPerson('carl', { folder: join(folder, '..') }), /no prediction is kept/i);
  rmSync(join(folder, 'keys'), { recursive: true });
  const without = await verifyPredictions(folder);
  assert.deepEqual(
    without.issues.map(({ code }) => code),
    ['store-log-keys'],
    'keys that are gone though nobody asked are told',
  );
});

test('keys survive a crash in the midst of a line, and keys that cannot be read stop the start, not the service', async (t) => {
  const folder = folderFor(t);
  const path = join(folder, 'keys', 'keys.ndjson');
  const write = async (id: number, client: string): Promise<void> => {
    const log = await open(folder);
    log.append([about(id, client)]);
    await log.close();
  };
  await write(1, 'ana');
  appendFileSync(path, '{"person":"x","id":');
  await write(2, 'bea');
  for (const id of [1, 2]) assert.equal((await find(folder, id))?.id, `id-${id}`);
  assert.deepEqual((await verifyPredictions(folder)).issues, []);

  const hurt: number[] = [];
  const log = await open(folder, { onFailure: (_, count) => hurt.push(count) });
  const whole = readFileSync(path);
  writeFileSync(path, 'nonsense\n');
  log.append([about(3, 'carl')]);
  await log.flush();
  assert.deepEqual(hurt, [1]);
  writeFileSync(path, whole);
  log.append([about(4, 'carl')]);
  await log.close();
  const { records, lost } = await verifyPredictions(folder);
  assert.deepEqual([records, lost], [3, 1]);
  writeFileSync(path, 'nonsense\n');
  await assert.rejects(open(folder), /this is no key of a person/);
});

test('a sealed record that was altered or moved to another id is no record', async (t) => {
  const folder = folderFor(t);
  const log = await open(folder);
  log.append([about(1, 'ana'), about(2, 'ana')]);
  await log.close();
  const path = join(folder, today);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('id-1', 'id-x').replace('id-2', 'id-1').replace('id-x', 'id-2'));
  await assert.rejects(find(folder, 1));
  assert.equal((await verifyPredictions(folder)).issues.length, 1);
});

test('on a full disk a sealed record, too, goes on without its inputs', async (t) => {
  const folder = folderFor(t);
  const log = await open(folder, { mostBytes: 900 });
  log.append([prediction(1, { row: { client: 'ana', text: 'x'.repeat(1000) }, person: 'ana' })]);
  await log.close();
  assert.deepEqual(await find(folder, 1), { id: 'id-1', time: noon.toISOString(), model: 'm@1', probability: 0.5, decision: 'act' }); // biome-ignore format: one thought
});
