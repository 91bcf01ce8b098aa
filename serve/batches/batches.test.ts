/** Files of rows over HTTP: the bytes that `alambique predict` writes, in both formats, once, whatever happens meanwhile. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { listRuns } from '../../src/database/list-runs.js';
import { batchFiles } from '../../src/scoring/batch/batch-files.js';
import { scoreBatch } from '../../src/scoring/batch/score-batch.js';
import { writeArtefact } from '../../src/store/artefact-store.js';
import { readArtefact } from '../../src/study/artefact.js';
import { type Body, conformingRequest } from '../../src/testing/conformance.js';
import { smallArtefact } from '../../src/testing/small-artefact.js';
import { smallDataset } from '../../src/testing/small-dataset.js';
import { createApp } from '../app.js';
import { lazyDatabase } from '../lazy-database.js';
import { createLog } from '../log.js';
import { openApi } from '../openapi.js';
import type { Batches, BatchesOptions } from './batch.js';
import { openBatches } from './batches.js';
import { recordBatches } from './record-batches.js';

const files = smallArtefact();
const artefact = readArtefact(files);
const { csv } = smallDataset({ rows: 500, seed: 5 });
const lines = csv.trimEnd().split('\n');
const now = (): Date => new Date('2026-11-28T07:00:00Z');

interface Place {
  readonly folder: string;
  readonly batches: Batches;
  /** Every answer is checked against the document. */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
}

async function placeFor(t: TestContext, options: Partial<BatchesOptions> = {}): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-batches-'));
  const models = join(folder, 'models');
  writeArtefact(files, { folder: models });
  const opened = { folder: join(folder, 'batches'), models, now, mostBytes: 1e6, keepDays: 7, ...options };
  const batches = await openBatches([artefact.study], opened);
  t.after(async () => {
    await batches.close();
    rmSync(folder, { recursive: true });
  });
  const app = createApp({
    model: artefact,
    now,
    batches,
    batchSources: [join(folder, 'in'), 'az://raw/lists'],
  });
  return { folder, batches, request: conformingRequest(app, openApi(artefact, '1')) };
}

function sending(body: string | Uint8Array, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...headers },
    body: body as RequestInit['body'],
  };
}

/** Sends a file and waits for what becomes of it. */
async function scored({ request }: Place, path: string, init: RequestInit): Promise<Body> {
  const response = await request(path, init);
  const taken = (await response.json()) as Body;
  assert.equal(response.status, 202, JSON.stringify(taken));
  const location = response.headers.get('location')!;
  for (;;) {
    const batch = (await (await request(location)).json()) as Body;
    if (!['waiting', 'running'].includes(batch.state)) return { ...batch, location };
    await wait(5);
  }
}

const textOf = async (response: Response): Promise<string> => {
  assert.equal(response.status, 200);
  return response.text();
};

test('a file comes back as "alambique predict" writes it, with its rejects, plain or packed', async (t) => {
  const place = await placeFor(t);
  const spoiled = [...lines.slice(0, 40), lines[40]!.replace(/^\d+/, 'old'), ...lines.slice(41)].join('\n');
  const [input, output] = [join(place.folder, 'in.csv'), join(place.folder, 'out.csv')];
  writeFileSync(input, spoiled);
  const options = { allowConstant: false, showWarnings: true };
  const own = await scoreBatch(artefact, input, { ...options, output });
  for (const init of [sending(spoiled), sending(gzipSync(spoiled), { 'content-encoding': 'gzip' })]) {
    const batch = await scored(place, '/studies/bank-marketing/batches?warnings=true', init);
    const { rows, scored: good, rejected, acted } = own;
    assert.deepEqual([batch.rows, batch.scored, batch.rejected, batch.acted], [rows, good, rejected, acted]);
    assert.equal(await textOf(await place.request(batch.result)), readFileSync(output, 'utf8'));
    assert.equal(
      await textOf(await place.request(batch.rejects)),
      readFileSync(batchFiles(output).rejects, 'utf8'),
    );
    assert.equal(batch.resultSha256, own.output.sha256);
    const head = await place.request(batch.result, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), String(own.output.bytes));
  }
});

test('CSV and NDJSON hold the same rows and answers, whichever was sent', async (t) => {
  const place = await placeFor(t);
  const withId = lines.map((line, i) => `${i === 0 ? 'client' : `"c;${i}"`};${line}`).join('\n');
  const ndjson = { accept: 'application/x-ndjson' };
  const sent = await scored(place, '/batches?keep=client&choose=50', sending(withId));
  const both = [1, 2].map(async () => textOf(await place.request(sent.result, { headers: ndjson })));
  const [text = '', same] = await Promise.all(both);
  assert.equal(same, text, 'two who ask at once get the same file');
  const rows = text.trim().split('\n').map((line) => JSON.parse(line) as Body); // biome-ignore format: one thought
  assert.equal(rows.length, 500);
  assert.equal(rows.filter(({ decision }) => decision === 'act').length, 50);
  assert.deepEqual(rows.slice(0, 2).map(({ client }) => client), ['c;1', 'c;2']); // biome-ignore format: one thought
  // The rows alone, sent as NDJSON, and read as CSV.
  const asked = rows.map((row) =>
    Object.fromEntries(artefact.schema.before.map((name) => [name, row[name]])),
  );
  const body = `${asked.map((row) => JSON.stringify(row)).join('\n')}\n`;
  const again = await scored(place, '/batches?choose=50', sending(body, { 'content-type': ndjson.accept }));
  assert.equal(again.input.format, 'ndjson');
  const back = await textOf(await place.request(again.result, { headers: { accept: 'text/csv' } }));
  const [header, ...records] = back.trimEnd().split('\r\n').map((line) => line.split(',')); // biome-ignore format: one thought
  assert.deepEqual(header, [...artefact.schema.before, 'probability', 'decision']);
  assert.deepEqual(
    records.map((record) => [Number(record.at(-2)), record.at(-1)]),
    rows.map(({ probability, decision }) => [probability, decision]),
  );
});

test('an idempotency key gives the same batch, and another request under it is refused', async (t) => {
  const place = await placeFor(t);
  const named = { 'idempotency-key': '"night-2026-11-28"' };
  const [first, second] = await Promise.all([1, 2].map(() => scored(place, '/batches', sending(csv, named))));
  assert.equal(first.id, second.id);
  assert.equal(((await (await place.request('/batches')).json()) as Body).batches.length, 1);
  for (const [
    path,
    body,
  ] of [['/batches?choose=3', csv], ['/batches', lines.slice(0, 9).join('\n')]] as const) // biome-ignore format: one thought
    assert.equal((await place.request(path, sending(body, named))).status, 422);
  assert.notEqual((await scored(place, '/batches', sending(csv))).id, first.id);
});

test('what cannot be a batch is refused, and leaves nothing behind', async (t) => {
  const place = await placeFor(t, { mostBytes: 1000 });
  const cases: readonly [number, string, RequestInit][] = [
    [413, '/batches', sending(csv)],
    [413, '/batches', sending('x', { 'content-length': '2000' })],
    [400, '/batches', sending('')],
    [415, '/batches', sending(csv, { 'content-type': 'application/pdf' })],
    [415, '/batches', sending(csv, { 'content-encoding': 'br' })],
    [400, '/batches?chose=3', sending('a')],
    [400, '/batches?choose=many', sending('a')],
    [400, '/batches?choose=1&choose=2', sending('a')],
    [400, '/batches?dialect=%7B', sending('a')],
    [400, '/batches?dialect=%7B%22decimal%22%3A%22x%22%7D', sending('a')],
    [400, '/batches', sending('a', { 'idempotency-key': 'a b' })],
    [404, '/studies/unknown/batches', sending('a')],
  ];
  for (const [status, path, init] of cases)
    assert.equal((await place.request(path, init)).status, status, path);
  const { batches } = (await (await place.request('/batches')).json()) as Body;
  assert.deepEqual(batches, []);
  const folder = join(place.folder, 'batches', artefact.study);
  assert.deepEqual(existsSync(folder) && readdirSync(folder).filter((name) => name !== 'writer.lock'), []);
  const unknown = '01932f5e-0000-7000-8000-000000000000';
  for (const path of ['', '/result', '/rejects'])
    assert.equal((await place.request(`/batches/${unknown}${path}`)).status, 404);
  assert.equal((await place.request(`/batches/${unknown}`, { method: 'DELETE' })).status, 404);
  const without = createApp({ model: artefact, now });
  assert.equal((await without.request('/batches')).status, 404);
});

test('a file that cannot be scored fails with sentences that hold no path; a bomb of gzip is one', async (t) => {
  const place = await placeFor(t, { mostBytes: 100_000 });
  const failed = await scored(place, '/batches', sending('a,b\n1,2\n'));
  assert.equal(failed.state, 'failed');
  assert.ok(failed.errors.some(({ code }: Body) => code === 'csv-missing-column'));
  assert.doesNotMatch(JSON.stringify(failed), /tmp|batches-/);
  const bomb = await scored(place, '/batches', sending(gzipSync(`${lines[0]}\n${' '.repeat(5_000_000)}`)));
  assert.deepEqual(bomb.errors.map(({ code }: Body) => code), ['batch-too-large']); // biome-ignore format: one thought
  const wrong = await scored(
    place,
    '/batches',
    sending(`${lines[0]}\n${lines[1]!.replace(/^\d+/, 'old')}\n`),
  );
  assert.equal(wrong.state, 'failed');
  assert.match(await textOf(await place.request(wrong.rejects)), /^line,column,code,reason\n2,age,/);
  assert.equal((await place.request(`${wrong.location}/result`)).status, 404);
});

test('a batch can be ended at any time, and its files go', async (t) => {
  const place = await placeFor(t);
  const [running, waiting] = await Promise.all(
    [1, 2].map(async () => (await place.request('/batches', sending(csv))).headers.get('location')!),
  );
  const early = await place.request(`${waiting}/result`);
  assert.ok(early.status === 409 || early.status === 200);
  for (const location of [waiting, running]) {
    const ended = (await (await place.request(location!, { method: 'DELETE' })).json()) as Body;
    assert.ok(['cancelled', 'removed'].includes(ended.state), ended.state);
    const id = location!.split('/').at(-1)!;
    assert.deepEqual(readdirSync(join(place.folder, 'batches', artefact.study, id)), ['batch.json']);
    assert.equal((await place.request(`${location}/result`)).status, 410);
    assert.equal((await place.request(location!)).status, 200);
  }
});

test('a batch that cannot be written down waits, and everything else is answered', async (t) => {
  const faults: unknown[] = [];
  let go = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    go = resolve;
  });
  const place = await placeFor(t, {
    onFault: (_, error) => faults.push(error),
    record: async (_, work) => {
      await first;
      return work();
    },
  });
  await place.request('/batches', sending(csv));
  const waiting = (await place.request('/batches', sending(csv))).headers.get('location')!;
  // A file where its folder was refuses what a full disk does.
  const folder = join(place.folder, 'batches', artefact.study, waiting.split('/').at(-1)!);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  go();
  while (faults.length === 0) await wait(5);
  assert.match(String(faults[0]), /EEXIST|ENOTDIR/);
  assert.equal((await place.request('/batches')).status, 200);
  assert.equal((await place.request(waiting)).status, 200);
});

test('a result that cannot be written in its other format is told so, and is still there in its own', async (t) => {
  const faults: unknown[] = [];
  const place = await placeFor(t, { onFault: (_, error) => faults.push(error) });
  const batch = await scored(place, '/batches', sending(csv));
  // A folder where its part is written refuses what a full disk does.
  mkdirSync(join(place.folder, 'batches', artefact.study, batch.id, 'converted.ndjson.part'));
  const asked = await place.request(batch.result, { headers: { accept: 'application/x-ndjson' } });
  assert.deepEqual([asked.status, asked.headers.get('retry-after')], [503, '60']);
  assert.match(((await asked.json()) as Body).detail, /^The result cannot be written as ndjson here\./);
  assert.match(String(faults[0]), /EISDIR/);
  assert.equal((await place.request(batch.result)).status, 200);
});

test('a result that is removed while its other format is written is gone, and no fault', async (t) => {
  const place = await placeFor(t);
  const batch = await scored(place, '/batches', sending(csv));
  const asked = place.request(batch.result, { headers: { accept: 'application/x-ndjson' } });
  const removed = place.request(batch.location, { method: 'DELETE' });
  assert.ok([200, 410].includes((await asked).status));
  assert.equal((await removed).status, 200);
  assert.equal((await place.request(batch.result)).status, 410);
});

test('a file is read by its path or address, below those that may be read, and no other', async (t) => {
  const place = await placeFor(t);
  const folder = join(place.folder, 'in');
  mkdirSync(folder);
  writeFileSync(join(folder, 'rows.csv'), csv);
  writeFileSync(join(place.folder, 'secret.csv'), csv);
  symlinkSync(join(place.folder, 'secret.csv'), join(folder, 'link.csv'));
  const asking = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const source = join(folder, 'rows.csv');
  const read = await scored(place, '/batches', asking({ source }));
  const sent = await scored(place, '/batches', sending(csv));
  assert.deepEqual([read.state, read.resultSha256, read.input.source], ['done', sent.resultSha256, source]);
  assert.deepEqual([read.input.bytes, read.input.sha256], [sent.input.bytes, sent.input.sha256]);
  assert.equal(readFileSync(source, 'utf8'), csv);
  const missing = await scored(place, '/batches', asking({ source: join(folder, 'none.csv') }));
  assert.deepEqual(missing.errors.map(({ code }: Body) => code), ['batch-no-input']); // biome-ignore format: one thought
  const closed = [
    join(place.folder, 'secret.csv'),
    join(folder, '..', 'secret.csv'),
    `${folder}/../secret.csv`,
    join(folder, 'link.csv'),
    `${folder}-other/rows.csv`,
    folder,
    'in/rows.csv',
    '/etc/passwd',
    'file:///etc/passwd',
    'http://169.254.169.254/latest/meta-data',
    'az://raw/lists-of-others/rows.csv',
    'az://raw/lists/../secret.csv',
    's3://raw/lists/rows.csv',
    '',
  ];
  for (const one of closed)
    assert.equal((await place.request('/batches', asking({ source: one }))).status, 403, one);
  for (const body of [null, [], {}, { source: 7 }, { source, more: 1 }])
    assert.equal((await place.request('/batches', asking(body))).status, 400, JSON.stringify(body));
});

test('what is done is kept for its days, over a restart, and then gone', async (t) => {
  const place = await placeFor(t);
  const batch = await scored(place, '/batches', sending(csv));
  const result = await textOf(await place.request(batch.result));
  await place.batches.close();
  const later = async (days: number): Promise<Response> => {
    const time = (): Date => new Date(now().getTime() + days * 86_400_000);
    const batches = await openBatches([artefact.study], {
      folder: join(place.folder, 'batches'),
      models: join(place.folder, 'models'),
      now: time,
      mostBytes: 1e6,
      keepDays: 7,
    });
    const response = await createApp({ model: artefact, now: time, batches }).request(batch.result);
    await batches.close();
    return response;
  };
  assert.equal(await textOf(await later(6.9)), result);
  assert.equal((await later(7.1)).status, 404);
  assert.equal(existsSync(join(place.folder, 'batches', artefact.study, batch.id)), false);
});

test('a batch leaves its record: who sent what, which model, what came out', async (t) => {
  const database = lazyDatabase(join(mkdtempSync(join(tmpdir(), 'alambique-runs-')), 'runs.db'));
  const log = createLog({ level: 'off', now, write: () => undefined });
  const place = await placeFor(t, { record: recordBatches(database, { now, log }) });
  const batch = await scored(place, '/batches', sending(csv));
  const failed = await scored(place, '/batches', sending('a,b\n1,2\n'));
  await place.batches.close();
  const runs = await listRuns(await database.open(), { now: now() });
  await database.close();
  const told = new Map(runs.map(({ input, output, ...run }) => [input.batch, { ...run, input, output }]));
  const { kind, name, who, state, input, output } = told.get(batch.id)!;
  assert.deepEqual([kind, name, who, state], ['batch', artefact.study, 'somebody over HTTP', 'ended']);
  assert.equal((input.file as { sha256: string }).sha256, batch.input.sha256);
  assert.deepEqual([output.rows, output.scored, output.sha256], [500, 500, batch.resultSha256]);
  assert.deepEqual(
    [told.get(failed.id)!.state, /in\.csv|tmp/.test(told.get(failed.id)!.error!)],
    ['failed', false],
  );
});
