/** Requests that are broken, or made to break the service: each gets a sentence, holds nothing up, and loses nothing. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { ridge } from '../src/models/ridge.js';
import { readArtefact } from '../src/study/artefact.js';
import { conformingRequest, posting } from '../src/testing/conformance.js';
import { madeArtefact } from '../src/testing/made-artefact.js';
import { madeNumbers } from '../src/testing/made-targets.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { tensorsOf } from '../src/testing/tensors-of.js';
import { createService, type Service } from './app.js';
import { exampleRow } from './example-row.js';
import { createServer } from './listener.js';
import { openApi } from './openapi.js';

const artefact = readArtefact(smallArtefact());
const row = exampleRow(artefact);
const body = JSON.stringify(row);
const json = { 'content-type': 'application/json' };
const serviceNow = (): Service =>
  createService({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });

async function serve(t: TestContext): Promise<number> {
  const service = serviceNow();
  const server = createServer(() => service, {});
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** What comes back for these bytes, which are all sent before any of it is read. */
async function send(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1').pause();
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.write(bytes, () => resolve());
  });
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += part;
  return answer;
}

const head = (method: string, path: string, lines: readonly string[]): string => `${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`; // biome-ignore format: one thought
const closing = ['host: localhost', 'connection: close', 'content-type: application/json'];
const predict = (more: readonly string[] = ['connection: close']): string =>
  head('POST', '/predict', ['host: localhost', 'content-type: application/json', ...more, `content-length: ${body.length}`]) + body; // biome-ignore format: one thought

test('bodies come compressed under any spelling of the coding; what is no coding is refused, also where objects have such a name', async () => {
  const { app } = serviceNow();
  const ask = async (coding: string, bytes: Buffer): Promise<{ status: number; text: string }> => {
    const headers = { ...json, 'content-encoding': coding };
    const response = await app.request('/predict', { method: 'POST', headers, body: bytes });
    return { status: response.status, text: await response.text() };
  };
  for (const coding of ['gzip', 'GZIP', 'x-gzip']) assert.equal((await ask(coding, gzipSync(body))).status, 200, coding); // biome-ignore format: one thought
  for (const coding of ['deflate', 'Deflate']) assert.equal((await ask(coding, deflateSync(body))).status, 200, coding); // biome-ignore format: one thought
  for (const coding of ['identity', 'Identity']) assert.equal((await ask(coding, Buffer.from(body))).status, 200, coding); // biome-ignore format: one thought
  for (const coding of ['br', 'zstd', 'gzip, gzip', 'constructor', '__proto__', 'toString', 'hasOwnProperty'])
    assert.equal((await ask(coding, gzipSync(body))).status, 415, coding);
  const zip = gzipSync(body);
  for (const bytes of [zip.subarray(0, -9), Buffer.concat([zip, Buffer.from('more')]), Buffer.from(body), Buffer.alloc(0)])
    assert.equal((await ask('gzip', bytes)).status, 400); // biome-ignore format: one thought
  assert.equal((await ask('gzip', gzipSync(Buffer.alloc(50_000_000)))).status, 413);
});

test('a client that sends all before it reads gets to read why it was too much, also where it closes then', async (t) => {
  const port = await serve(t);
  const size = 12_000_000;
  const announced = head('POST', '/predict', [...closing, `content-length: ${size}`]);
  const answer = await send(port, Buffer.concat([Buffer.from(announced), Buffer.alloc(size, 32)]));
  assert.match(answer, /^HTTP\/1\.1 413 [\s\S]*larger than 8 MiB/);
  // Another refusal before the body is read.
  const foreign = head('POST', '/predict', [...closing, 'origin: https://evil.example', `content-length: ${size}`]); // biome-ignore format: one thought
  assert.match(await send(port, Buffer.concat([Buffer.from(foreign), Buffer.alloc(size, 32)])), /^HTTP\/1\.1 403 /); // biome-ignore format: one thought
});

test('what is no request is told so in a sentence', async (t) => {
  const port = await serve(t);
  const cases: readonly [bytes: string | Buffer, status: number, detail: RegExp][] = [
    [Buffer.from('160301020001000001fc0303', 'hex'), 400, /no TLS/],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, /no HTTP\/2/],
    ['\0\x01\x02\r\n\r\n', 400, /HTTP\/1\.1/],
    ['GET /livez HTTP/1.1\r\nconnection: close\r\n\r\n', 400, /host/],
    [head('POST', '/predict', [...closing, 'content-length: -1']), 400, /HTTP\/1\.1/],
    [head('POST', '/predict', [...closing, 'content-length: 3', 'content-length: 4']), 400, /HTTP\/1\.1/],
    [`${head('POST', '/predict', [...closing, 'transfer-encoding: chunked'])}zz\r\n`, 400, /HTTP\/1\.1/],
    [head('GET', `/${'a'.repeat(20_000)}`, closing), 431, /16 KiB/],
    [head('CONNECT', 'evil.example:443', ['host: evil.example']), 405, /no proxy/],
  ];
  for (const [bytes, status, detail] of cases) {
    const answer = await send(port, bytes);
    assert.equal(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]), status, answer);
    assert.match(answer, /application\/problem\+json/i);
    assert.match(answer, detail);
    assert.doesNotMatch(answer, /\.js|\n {4}at /);
  }
});

test('what came whole before something broken on the same connection is answered first', async (t) => {
  const port = await serve(t);
  const answers = await send(port, `${predict([])}${predict([])}\0\0\0\r\n\r\n`);
  const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  assert.deepEqual(statuses, ['200', '200', '400']);
});

test('a body of names that nobody knows is refused without comparing them all', async () => {
  const { app } = serviceNow();
  const strange = (names: number, from: number): string =>
    `{${Array.from({ length: names }, (_, i) => `"name ${from + i}":1`).join()}}`;
  const ask = async (text: string): Promise<{ status: number; detail: string; errors: object[] }> =>
    (await (await app.request('/predict', { method: 'POST', headers: json, body: text })).json()) as {
      status: number;
      detail: string;
      errors: object[];
    };
  const wide = await ask(`[${strange(200_000, 0)}]`);
  assert.deepEqual([wide.status, wide.errors.length], [422, 50]);
  const rows = Array.from({ length: 5000 }, (_, i) => strange(50, 50 * i));
  const many = await ask(`[${rows.join()}]`);
  assert.deepEqual([many.status, many.errors.length], [422, 100]);
  assert.match(many.detail, /^10000 things are wrong .*; the first 100 are listed, and the last 4800 rows were not looked at/); // biome-ignore format: one thought
});

test('numbers that a model cannot compute with are refused, whatever the target', async () => {
  const model = madeArtefact('units', ridge(), madeNumbers(200));
  const { app } = createService({ model, now: () => new Date('2026-11-21T07:00:00Z') });
  // The document holds for numbers, too.
  const post = posting(conformingRequest(app, openApi(model, '1')));
  for (const a of [1e308, -1e308, 1.1e100]) {
    const { status, body } = await post('/predict', { a, b: -a, c: 'x' });
    assert.equal(status, 422, String(a));
    assert.match(body.errors[0].detail, /too large to compute with/);
  }
  for (const a of [1e100, -1e100, 5e-324]) {
    const { body } = await post('/predict', { a, b: -a, c: 'x' });
    assert.ok(Number.isFinite(body.prediction), String(a));
  }
});

test('tensors of an unknown datatype, bytes that no tensor counts and lengths that are none are refused', async () => {
  const { app } = serviceNow();
  const inputs = tensorsOf(artefact.schema, [row]);
  const ask = async (text: string, headers: Record<string, string>, tail = ''): Promise<number> => {
    const path = `/v2/models/${artefact.study}/infer`;
    return (await app.request(path, { method: 'POST', headers, body: text + tail })).status;
  };
  const text = JSON.stringify({ inputs });
  const length = { 'content-type': 'application/octet-stream', 'inference-header-content-length': String(text.length) }; // biome-ignore format: one thought
  assert.equal(await ask(text, length), 200);
  assert.equal(await ask(text, length, 'more'), 400);
  for (const wrong of ['', '-1', '1e2', '10.5', 'all', '999999999'])
    assert.equal(await ask(text, { ...length, 'inference-header-content-length': wrong }), 400, wrong);
  for (const datatype of ['FP128', 'constructor', '__proto__', 'fp64', ''])
    assert.equal(await ask(JSON.stringify({ inputs: [{ ...inputs[0], datatype }, ...inputs.slice(1)] }), json), 400, datatype); // biome-ignore format: one thought
});
