import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Artefact } from '../src/index.js';
import { readArtefact } from '../src/study/artefact.js';
import { conformingRequest } from '../src/testing/conformance.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createApp, createService } from './app.js';
import { openApi } from './openapi.js';

const artefact = readArtefact(smallArtefact());
const now = (): Date => new Date('2026-11-21T07:00:00Z');
const app = createApp({ model: artefact, now });
// Every answer of this file is checked against the document.
const request = conformingRequest(app, openApi(artefact, '1'));
const golden = artefact.golden.rows;

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client reads them.
type Body = any;

function post(body: unknown, path = '/predict', headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return Promise.resolve(
    request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
    }),
  );
}

async function problemOf(response: Response, status: number): Promise<Body> {
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const body = (await response.json()) as Body;
  assert.equal(body.status, status);
  assert.notEqual(body.title, 'Error');
  return body;
}

test('a row, an array, { rows } and an address give the same bits: those that were measured', async () => {
  const together = (await (await post(golden)).json()) as Body;
  const held = (await (await post({ rows: golden })).json()) as Body;
  assert.equal(together.predictions.length, golden.length);
  for (const [i, row] of golden.entries()) {
    const alone = (await (await post(row)).json()) as Body;
    const query = Object.entries(row).map(([name, value]): [string, string] => [name, String(value ?? '')]);
    const typed = (await (await request(`/predict?${new URLSearchParams(query)}`)).json()) as Body;
    for (const answer of [alone, typed, together.predictions[i], held.predictions[i]]) {
      assert.ok(Object.is(answer.probability, artefact.golden.predicted[i]));
      assert.equal(answer.decision, artefact.policy.decide(answer.probability));
    }
  }
});

test('answers come as CSV where that is accepted, with the columns that "alambique predict" writes', async () => {
  const csv = { accept: 'text/csv' };
  const linesOf = async (response: Response): Promise<string[]> => {
    assert.match(response.headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/);
    const text = await response.text();
    assert.ok(text.endsWith('\r\n'));
    return text.slice(0, -2).split('\r\n');
  };
  const rows = [{ ...golden[0], job: 'self-employed, "free"' }, golden[1]!];
  const [header, ...records] = await linesOf(await post(rows, '/predict', csv));
  assert.equal(header, [...artefact.schema.before, 'probability', 'decision'].join());
  const { predictions } = (await (await post(rows)).json()) as Body;
  assert.ok(records[0]!.includes(',"self-employed, ""free""",'));
  for (const [i, record] of records.entries())
    assert.ok(record.endsWith(`,${predictions[i].probability},${predictions[i].decision}`));
  // CSV in, CSV out; one row by its address; JSON where that comes first.
  const sent = [artefact.schema.before.join(), records[1]!.split(',').slice(0, -2).join()].join('\n');
  const both = { ...csv, 'content-type': 'text/csv' };
  assert.deepEqual(await linesOf(await post(sent, '/predict', both)), [header, records[1]]);
  const query = Object.entries(rows[1]!).map(([name, value]): [string, string] => [
    name,
    String(value ?? ''),
  ]);
  const typed = await request(`/predict?${new URLSearchParams(query)}`, { headers: csv });
  assert.deepEqual(await linesOf(typed), [header, records[1]]);
  for (const accept of ['application/json, text/csv', '*/*', 'text/csv;q=0'])
    assert.match((await post(rows, '/predict', { accept })).headers.get('content-type')!, /json/, accept);
  await problemOf(await post(rows, '/predict?explain=3', csv), 400);
});

test('an answer says who gave it', async () => {
  const response = await post(golden[0]);
  const answer = (await response.json()) as Body;
  assert.equal(answer.model, `bank-marketing@${artefact.version}`);
  assert.deepEqual(answer.policy, {
    name: artefact.policy.policy.name,
    verb: 'call',
    cutoff: artefact.policy.cutoff,
    by: 'cut-off',
    perList: artefact.policy.perBatch,
  });
  assert.match(answer.id, /^[0-9a-f-]{36}$/);
  assert.equal(response.headers.get('x-model-version'), artefact.version);
  assert.match(response.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
  const named = await post(golden[0], '/predict', { 'x-request-id': 'mine-1' });
  assert.equal(named.headers.get('x-request-id'), 'mine-1');
});

test('a late column is refused with the sentence of the notebook', async () => {
  const { errors } = await problemOf(await post({ ...golden[0], duration: 300 }), 422);
  assert.deepEqual(errors, [
    {
      pointer: '/duration',
      code: 'schema-late-column',
      detail:
        'Column "duration" cannot be given: it is only known after the call is placed (it is known when we hang up). Leave it out.',
    },
  ]);
});

test('all that is wrong comes at once, with pointers, and nothing of what was sent comes back', async () => {
  const rows = [golden[0], { ...golden[1], age: '41', secret: 'p4ssw0rd', balance: null }];
  const response = await post({ rows });
  const body = await problemOf(response, 422);
  assert.deepEqual(body.errors.map(({ pointer, code }: Body) => `${pointer} ${code}`).sort(), [
    '/rows/1/age schema-wrong-type',
    '/rows/1/balance schema-missing-value',
    '/rows/1/secret schema-unknown-column',
  ]);
  assert.doesNotMatch(JSON.stringify(body), /p4ssw0rd|41/);
});

test('what the model never saw is answered with a warning, and refused where that is asked', async () => {
  const row = { ...golden[0], job: 'astronaut', campaign: 900 };
  const answer = (await (await post(row)).json()) as Body;
  assert.deepEqual(
    answer.warnings.map(({ pointer, code }: Body) => [pointer, code]),
    [
      ['/job', 'unseen-level'],
      ['/campaign', 'outside-trained-range'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(answer.warnings), /astronaut|900/);
  const { errors } = await problemOf(await post(row, '/predict?strict=true'), 422);
  assert.equal(errors.length, 2);
  assert.equal((await post(golden[0], '/predict?strict=true')).status, 200);
});

test('traps of JSON are refused as what they are', async () => {
  const text = JSON.stringify(golden[0]);
  await problemOf(await post(text.replace(/"age":[^,]+/, '"age":1e400')), 422);
  await problemOf(await post(text.replace(/"age":[^,]+/, '"age":NaN')), 400);
  const { errors } = await problemOf(await post(text.replace('{', '{"__proto__":{"age":1},')), 422);
  assert.equal(errors[0].pointer, '/__proto__');
  assert.equal(({} as Body).age, undefined);
  await problemOf(await post(`${'['.repeat(30_000)}${']'.repeat(30_000)}`), 400);
  await problemOf(await post('{'), 400);
  await problemOf(await post(''), 400);
  for (const body of [null, 1, 'row', [1], [[]]]) await problemOf(await post(JSON.stringify(body)), 422);
  assert.deepEqual(((await (await post([])).json()) as Body).predictions, []);
});

test('bodies end where they may, announced or not', async () => {
  const long = JSON.stringify({ ...golden[0], job: 'x'.repeat(70_000) });
  await problemOf(await post(long), 413);
  const many = JSON.stringify(Array.from({ length: 10_001 }, () => 1));
  await problemOf(await post(many), 413);
  const chunk = new TextEncoder().encode(' '.repeat(1_000_000));
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent++;
      controller.enqueue(chunk);
    },
  });
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: endless,
    duplex: 'half',
  };
  await problemOf(await request('/predict', init as RequestInit), 413);
  assert.ok(sent < 15, 'it stops reading');
});

test('other methods, media types and addresses have their own answers', async () => {
  const wrong = await request('/predict', { method: 'DELETE' });
  await problemOf(wrong, 405);
  assert.equal(wrong.headers.get('allow'), 'GET, POST, HEAD, OPTIONS');
  assert.equal((await request('/metadata', { method: 'POST' })).headers.get('allow'), 'GET, HEAD, OPTIONS');
  const options = await request('/predict', { method: 'OPTIONS' });
  assert.equal(options.status, 204);
  assert.ok(options.headers.get('allow'));
  const head = await request('/livez', { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), '');
  const form = await post('age=41', '/predict', { 'content-type': 'application/x-www-form-urlencoded' });
  await problemOf(form, 415);
  assert.equal(form.headers.get('accept'), 'application/json, text/csv');
  await problemOf(await request('/nothing'), 404);
  await problemOf(await post(golden[0], '/studies/nothing/predict'), 404);
  assert.equal((await post(golden[0], '/studies/bank-marketing/predict')).status, 200);
});

test('a query is read as people type it', async () => {
  const row = { ...golden[0] };
  const query = new URLSearchParams(
    Object.entries(row).map(([name, value]): [string, string] => [name, String(value ?? '')]),
  );
  query.set('age', 'forty');
  assert.equal((await problemOf(await request(`/predict?${query}`), 422)).errors[0].pointer, '/age');
  query.append('age', '41');
  await problemOf(await request(`/predict?${query}`), 400);
  await problemOf(await request('/predict?strict=maybe'), 400);
});

test('metadata is the model card as data; the prototype is the schema of a row with an example that works', async () => {
  const about = (await (await request('/metadata')).json()) as Body;
  assert.equal(about.version, artefact.version);
  assert.equal(about.moment, 'the call is placed');
  assert.equal(about.custody.data.sha256, artefact.manifest.data.sha256);
  assert.deepEqual(
    about.columns.map(({ name, known }: Body) => [name, known]),
    artefact.schema.columns.map(({ name, known }) => [name, known]),
  );
  const prototype = (await (await request('/prototype')).json()) as Body;
  assert.equal(prototype.additionalProperties, false);
  assert.equal((await post(prototype.examples[0])).status, 200);
});

test('ready only where golden rows come back through the routes to the bit', async () => {
  assert.equal((await request('/livez')).status, 200);
  assert.equal((await request('/readyz')).status, 200);
  const off: Artefact = {
    ...artefact,
    golden: { ...artefact.golden, predicted: artefact.golden.predicted.map((p) => p + 2 ** -50) },
  };
  const wrong = createService({ model: off, now });
  await assert.rejects(wrong.proved(), /golden row 0/);
  await problemOf(await wrong.app.request('/readyz'), 503);
});

test('a service that ends says so, and still answers', async () => {
  const service = createService({ model: artefact, now });
  service.drain();
  const response = await service.app.request('/readyz');
  await problemOf(response, 503);
  assert.equal(response.headers.get('connection'), 'close');
  assert.equal((await service.app.request('/livez')).status, 200);
});
