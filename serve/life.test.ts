/** Keys, room, other versions while running, kept predictions, and the program itself. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Artefact, boosting, Problem, pipeline } from '../src/index.js';
import { setAlias, writeArtefact } from '../src/store/artefact-store.js';
import { verifyPredictions } from '../src/store/read-predictions.js';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact, smallRecipe } from '../src/testing/small-artefact.js';
import { serviceProgram } from '../src/workspace.js';
import { createService, type ServiceOptions } from './app.js';
import { openAuditLog } from './audit-log.js';
import { keyCheck } from './keys.js';
import { createLog } from './log.js';
import { readSettings } from './settings.js';

const artefact = readArtefact(smallArtefact());
const candidate = pipeline(smallRecipe, boosting({ trees: 5 }));
const other = readArtefact(smallArtefact({ candidate, madeAt: new Date('2026-11-22T06:00:00Z') }));
const now = (): Date => new Date('2026-11-21T07:00:00Z');
const [row] = artefact.golden.rows;

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client reads them.
type Body = any;

const asking = (headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(row),
});

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-serve-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const service = (options: Partial<ServiceOptions> = {}): ReturnType<typeof createService> =>
  createService({ model: artefact, now, ...options });

test('without a right key there is no answer, but for whether the service lives', async () => {
  const [old, fresh] = ['a'.repeat(32), 'b'.repeat(40)];
  const digest = createHash('sha256').update(fresh).digest('hex');
  const { app } = service({ keys: keyCheck([old, `sha256:${digest}`]) });
  const basic = (key: string): string => `Basic ${Buffer.from(`me:${key}`).toString('base64')}`;
  const right: Record<string, string>[] = [
    { authorization: `Bearer ${old}` },
    { authorization: `bearer ${fresh}` },
    { 'x-api-key': fresh },
    { authorization: basic(old) },
  ];
  for (const headers of right) assert.equal((await app.request('/predict', asking(headers))).status, 200);
  const wrong: Record<string, string>[] = [
    {},
    { authorization: `Bearer ${old}c` },
    { 'x-api-key': `sha256:${digest}` },
    { 'x-api-key': '' },
    { authorization: 'Basic' },
  ];
  for (const headers of wrong) {
    const response = await app.request('/predict', asking(headers));
    assert.equal(response.status, 401);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    assert.match(response.headers.get('www-authenticate') ?? '', /Bearer/);
  }
  for (const path of ['/livez', '/readyz', '/ping', '/v2/health/ready'])
    assert.equal((await app.request(path)).status, 200);
  for (const path of ['/metadata', '/metrics', '/docs', '/nothing'])
    assert.equal((await app.request(path)).status, 401);
});

test('keys that could be guessed, or are too many, are refused', () => {
  for (const keys of [[], ['short'], ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)]]) {
    assert.throws(() => keyCheck(keys), Problem);
  }
});

test('to the holder of a key with a scope, what lies outside is as if it were not there', async () => {
  const [all, branch, stranger] = ['a'.repeat(32), 'b'.repeat(43), 'c'.repeat(43)];
  const scopes = new Map([
    [sha256(branch), { name: 'branch', scope: { studies: [artefact.study] } }],
    [sha256(stranger), { name: 'stranger', scope: { studies: ['another-study'] } }],
  ]);
  const { app } = service({ keys: keyCheck([all], { named: { find: (hash) => scopes.get(hash) } }) });
  const ask = async (path: string, key: string, init: RequestInit = {}): Promise<string> => {
    const response = await app.request(path, { ...init, headers: { ...init.headers, 'x-api-key': key } });
    const headers = [...response.headers].filter(([name]) => name !== 'x-request-id');
    return JSON.stringify([response.status, headers, await response.text()]);
  };
  const unknown = await ask('/studies/unknown/predict', branch, asking());
  assert.match(unknown, /^\[404/);
  for (const path of ['/predict', '/studies/bank-marketing/predict', '/v2/models/bank-marketing/infer']) {
    assert.match(await ask(path, branch, asking()), path.startsWith('/v2') ? /^\[4\d\d/ : /^\[200/, path);
    if (!path.startsWith('/v2')) assert.equal(await ask(path, stranger, asking()), unknown, path);
  }
  const v2 = '/v2/models/bank-marketing';
  assert.match(await ask(v2, branch), /^\[200/);
  assert.equal(await ask(v2, stranger), await ask('/v2/models/unknown', stranger));
  // What belongs to no study is for keys without a scope.
  for (const path of ['/metrics', '/healthz', '/v2']) {
    assert.match(await ask(path, all), /^\[200/);
    assert.match(await ask(path, branch), /^\[404/, path);
    assert.match(await ask(path, 'd'.repeat(43)), /^\[401/);
  }
  assert.equal(await ask('/metrics', branch), await ask('/nothing', branch));
});

test('settings are read with all that is wrong at once; an open address needs a key', () => {
  assert.equal(readSettings({}).host, '127.0.0.1');
  assert.equal(readSettings({ HOST: 'localhost' }).keys.length, 0);
  // As an address writes it.
  assert.equal(readSettings({ HOST: '[::1]' }).host, '::1');
  assert.equal(readSettings({ HOST: '0.0.0.0', ALAMBIQUE_KEYS: 'k' }).keys.length, 1);
  for (const HOST of ['0.0.0.0', '::', '192.168.1.4', 'example.org', '127.evil.example']) {
    assert.throws(() => readSettings({ HOST }), /ask nobody for a key/, HOST);
  }
  assert.throws(
    () => readSettings({ PORT: '80a', ALAMBIQUE_LOG: 'much', ALAMBIQUE_AUDIT_FULL: 'pray' }),
    (error: Problem) => error.issues.length === 3,
  );
});

test('above the cap requests are turned away with a time to come again', async () => {
  const { app } = service({ inFlight: 1 });
  let finish = (): void => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(JSON.stringify(row)));
      finish = () => controller.close();
    },
  });
  const slow = app.request('/predict', { ...asking(), body, duplex: 'half' } as RequestInit);
  const turned = await app.request('/predict', asking());
  assert.equal(turned.status, 429);
  assert.equal(turned.headers.get('retry-after'), '1');
  assert.equal((await app.request('/livez')).status, 200);
  finish();
  assert.equal((await slow).status, 200);
  assert.equal((await app.request('/predict', asking())).status, 200);
});

test('another version is served once it is proved; a wrong one is refused and the old one goes on', async () => {
  const running = service();
  const model = async (): Promise<string> =>
    ((await (await running.app.request('/predict', asking())).json()) as Body).model;
  const off: Artefact = {
    ...other,
    golden: { ...other.golden, predicted: other.golden.predicted.map(() => 0.5) },
  };
  await assert.rejects(running.replace(off), /golden row/);
  assert.equal(await model(), `bank-marketing@${artefact.version}`);
  await running.replace(other);
  assert.equal(await model(), `bank-marketing@${other.version}`);
  assert.match(
    await (await running.app.request('/metrics')).text(),
    new RegExp(`version="${other.version}"`),
  );
  await assert.rejects(running.replace({ ...other, study: 'unknown' }));
});

test('swaps under load: every answer comes from exactly one version', async () => {
  // 500 swaps with ALAMBIQUE_SOAK=1.
  const requests = process.env.ALAMBIQUE_SOAK === '1' ? 5000 : 100;
  const running = service({ inFlight: requests });
  const expected = new Map(
    [artefact, other].map((it) => [`bank-marketing@${it.version}`, it.pipeline] as const),
  );
  const rows = artefact.golden.rows.slice(0, 5);
  const answers = new Map<string, Body[]>();
  for (const it of [artefact, other]) {
    await running.replace(it);
    const body = (await (
      await running.app.request('/predict', { ...asking(), body: JSON.stringify(rows) })
    ).json()) as Body;
    answers.set(
      body.model,
      body.predictions.map(({ probability }: Body) => probability),
    );
  }
  assert.deepEqual([...answers.keys()].sort(), [...expected.keys()].sort());
  const load = Array.from({ length: requests }, async (_, i) => {
    if (i % 10 === 0) await running.replace(i % 20 === 0 ? artefact : other);
    const response = await running.app.request('/predict', { ...asking(), body: JSON.stringify(rows) });
    const body = (await response.json()) as Body;
    assert.equal(response.headers.get('x-model-version'), body.model.split('@')[1]);
    assert.deepEqual(
      body.predictions.map(({ probability }: Body) => probability),
      answers.get(body.model),
    );
  });
  await Promise.all(load);
});

test('a kept prediction is made again to the same bits, also by the version before', async (t) => {
  const folder = folderFor(t);
  const auditLog = await openAuditLog(['bank-marketing'], { folderOf: () => folder, now, onFull: 'stop' });
  const running = service({ auditLog, load: async () => artefact });
  await running.proved();
  const made = (await (await running.app.request('/predict', asking())).json()) as Body;
  const path = `/predictions/${made.id}`;
  const kept = (await (await running.app.request(path)).json()) as Body;
  assert.deepEqual(kept.row, row);
  assert.deepEqual(kept.replay, { same: true, probability: made.probability });
  await running.replace(other);
  assert.equal(((await (await running.app.request(path)).json()) as Body).replay.same, true);
  assert.equal(
    (await running.app.request(path.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')))).status,
    404,
  );
  assert.equal((await running.app.request('/predictions/..%2f..%2fetc')).status, 404);
  await auditLog.close();
  const { records, issues } = await verifyPredictions(folder);
  assert.deepEqual([records, issues], [1, []]);
});

test('where predictions cannot be kept and that is asked for, nothing is predicted', async () => {
  const stopped = 'The log of predictions cannot be written.';
  const auditLog = {
    append: () => {},
    stopped: () => stopped,
    find: async () => undefined,
    close: async () => {},
  };
  const { app } = service({ auditLog });
  for (const response of [await app.request('/predict', asking()), await app.request('/readyz')]) {
    assert.equal(response.status, 503);
    assert.equal(((await response.json()) as Body).detail, stopped);
  }
});

test('the log has a line for each request and nothing of what was sent', async () => {
  const lines: string[] = [];
  const log = createLog({ level: 'requests', now, write: (text) => lines.push(text) });
  const { app } = service({ onFinished: log.request });
  await app.request('/predict', asking({ 'x-request-id': 'r-1' }));
  await app.request('/secret-path?name=Ana');
  log.flush();
  const entries = lines
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Body);
  assert.deepEqual(entries.map(({ route, status }) => [route, status]), [['/predict', 200], ['*', 404]]); // biome-ignore format: one thought
  assert.equal(entries[0].requestId, 'r-1');
  assert.doesNotMatch(lines.join(''), /secret|Ana|student/);
});

/** What the program says that does not start with these settings. */
async function refusedStart(settings: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [serviceProgram()], {
    env: { ...process.env, PORT: '0', ...settings },
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 1);
  return said;
}

test('the program says in a sentence why it does not start', async () => {
  const said = await refusedStart({ ALAMBIQUE_MODEL: 'no-such-study' });
  assert.match(said, /^There is no artefact "champion" of the study "no-such-study"\./);
});

test('two versions of one study are not served by one program', async (t) => {
  const models = folderFor(t);
  for (const [alias, one] of [
    ['champion', smallArtefact()],
    ['challenger', smallArtefact({ madeAt: new Date('2026-11-22T06:00:00Z') })],
  ] as const) {
    writeArtefact(one, { folder: models });
    setAlias(one.study, alias, one.version, { folder: models });
  }
  const said = await refusedStart({
    ALAMBIQUE_MODELS: models,
    ALAMBIQUE_AUDIT: 'off',
    ALAMBIQUE_MODEL: 'bank-marketing,bank-marketing@challenger',
  });
  assert.match(said, /^The study "bank-marketing" is named twice/);
});
