/** Over a socket, an answer is what the app alone gives, however the request came. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Hono } from 'hono';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createService } from './app.js';
import { exampleRow } from './example-row.js';
import { idPattern } from './ids.js';
import { createServer } from './listener.js';

const artefact = readArtefact(smallArtefact());
const service = createService({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
const row = exampleRow(artefact);
const json = { 'content-type': 'application/json' };

interface Case {
  readonly name: string;
  readonly options: RequestOptions;
  readonly body?: string | Buffer;
  /** Sent in pieces, so that it does not come with its head. */
  readonly slowly?: boolean;
}

const post = (path: string, body: string | Buffer, headers: Record<string, string> = json): Case => ({
  name: `POST ${path} ${String(body).slice(0, 30)}`,
  options: { method: 'POST', path, headers },
  body,
});
const other = (method: string, path: string, headers = {}): Case => ({
  name: `${method} ${path} ${Object.values(headers).join()}`,
  options: { method, path, headers },
});

const cases: readonly Case[] = [
  post('/predict', JSON.stringify(row)),
  post('/predict', JSON.stringify([row, row])),
  post('/predict', JSON.stringify({ ...row, duration: 3 })),
  post('/predict', JSON.stringify({ ...row, age: '41' })),
  post('/predict', JSON.stringify({ ...row, job: 'astronaut' })),
  post('/predict', '{'),
  post('/predict', ''),
  post('/predict', '['.repeat(10_000)),
  post('/predict', Buffer.from([0x7b, 0xff, 0x7d])),
  post('/predict', JSON.stringify(row), { 'content-type': 'text/plain' }),
  post('/predict', JSON.stringify(row), {}),
  post('/predict', JSON.stringify(row), { ...json, 'x-request-id': 'mine' }),
  post('/predict?strict=true', JSON.stringify({ ...row, job: 'astronaut' })),
  post('/predict?explain=2', JSON.stringify(row)),
  post('/invocations', JSON.stringify({ instances: [row] })),
  post('/studies/bank-marketing/predict', JSON.stringify(row)),
  post('/nothing', '{}'),
  { ...post('/predict', JSON.stringify(row)), name: 'POST in pieces', slowly: true },
  other('GET', '/livez'),
  other('GET', '/metadata'),
  other('GET', '/'),
  other('GET', '/docs'),
  other('GET', '/openapi.json'),
  other('GET', '/predict?age=41'),
  other('GET', '/invocations'),
  other('HEAD', '/livez'),
  other('OPTIONS', '/predict'),
  other('DELETE', '/predict'),
  other('GET', '/a/../livez'),
];

test('an answer is the same over a socket and from the app alone', async () => {
  const server = createServer(() => service, {});
  try {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    for (const one of cases) assert.deepEqual(await ask(one, port), await alone(one, port), one.name);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('requests that come before what answers them wait for it', async () => {
  let come = (_: typeof service): void => {};
  let there: typeof service | undefined;
  const coming = new Promise<typeof service>((resolve) => {
    come = resolve;
  });
  const server = createServer(() => there ?? coming, {});
  try {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    let answered = 0;
    const early = cases.map((one) => ask(one, port).finally(() => answered++));
    await wait(100);
    assert.equal(answered, 0);
    there = service;
    come(service);
    for (const [i, one] of cases.entries()) assert.deepEqual(await early[i], await ask(one, port), one.name);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('requests that come together on one connection are answered in their order, to the last', async () => {
  const server = createServer(() => service, {});
  try {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const body = JSON.stringify(row);
    const length = Buffer.byteLength(body);
    const lines = (id: number, more: readonly string[]): string =>
      ['POST /predict HTTP/1.1', 'host: here', `x-request-id: id-${id}`, 'content-type: application/json', ...more].join('\r\n'); // biome-ignore format: one thought
    const whole = (id: number): string => `${lines(id, [`content-length: ${length}`])}\r\n\r\n${body}`;
    const inChunks = `${lines(2, ['transfer-encoding: chunked'])}\r\n\r\n${length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const expecting = lines(4, [`content-length: ${length}`, 'expect: 100-continue', 'connection: close']);
    socket.write(`${whole(1)}${inChunks}${whole(3)}${expecting}\r\n\r\n${body}`);
    let text = '';
    for await (const part of socket.setEncoding('utf8')) text += part;
    assert.deepEqual([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status), ['200', '200', '200', '100', '200']); // biome-ignore format: one thought
    assert.deepEqual([...text.matchAll(/x-request-id: id-(\d)/g)].map(([, id]) => id), ['1', '2', '3', '4']); // biome-ignore format: one thought
    assert.equal(new Set([...text.matchAll(/"probability":([\d.]+)/g)].map(([, p]) => p)).size, 1);
    assert.equal([...text.matchAll(/"probability"/g)].length, 4);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('a client that reads nothing of its answers is cut, and others are not', async () => {
  const server = createServer(() => service, { timeout: 2000 });
  try {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const arrived = once(server, 'connection') as Promise<[Socket]>;
    const client = connect(port, '127.0.0.1').pause();
    const body = JSON.stringify(Array.from({ length: 5000 }, () => row));
    const request = `POST /predict HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    // More answers than the system keeps for a reader.
    for (let i = 0; i < 24; i++) client.write(request);
    client.on('error', () => undefined);
    const [socket] = await arrived;
    let open = true;
    socket.once('close', () => {
      open = false;
    });
    while (open) {
      await ask(cases[0]!, port);
      await wait(50);
    }
    assert.ok(socket.bytesWritten > 0);
    client.destroy();
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('a client that waits for its answer is not cut, however long that takes', async () => {
  const app = new Hono();
  const server = createServer(() => ({ app }), { timeout: 50 });
  // The answer comes after the time at which a still connection is cut.
  app.post('/slow', async (c) => {
    await once((c.env as unknown as { incoming: IncomingMessage }).incoming.socket, 'timeout');
    return c.text('here it is');
  });
  try {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const slow = await ask(post('/slow', '{}'), port);
    assert.equal((slow as { text: string }).text, 'here it is');
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

/** Status, headers and body, without what no two answers share. */
async function ask({ options, body, slowly }: Case, port: number): Promise<unknown> {
  const outgoing = httpRequest({ ...options, port, host: '127.0.0.1', agent: false });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  if (slowly && body !== undefined) {
    outgoing.write(body.slice(0, 5));
    await wait(30);
    outgoing.end(body.slice(5));
  } else outgoing.end(body);
  const [incoming] = await answered;
  let text = '';
  for await (const part of incoming.setEncoding('utf8')) text += part;
  return answerOf(incoming.statusCode!, new Map(Object.entries(incoming.headers as Record<string, string>)), text, port); // biome-ignore format: one thought
}

/** The same from the app, without a socket. */
async function alone({ options, body }: Case, port: number): Promise<unknown> {
  const { method, headers } = options as { method: string; headers: Record<string, string> };
  const response = await service.app.request(`http://127.0.0.1:${port}${options.path}`, {
    method,
    headers,
    // Bytes: to a text the Fetch API adds a content-type of its own.
    ...(body !== undefined && { body: Buffer.from(body) }),
  });
  return answerOf(response.status, new Map(response.headers), await response.text(), port);
}

/** What of an answer is HTTP's own, or no two answers share. */
const ownHeaders = [
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'x-request-id',
];

function answerOf(status: number, headers: Map<string, string>, text: string, port: number): unknown {
  const id = headers.get('x-request-id');
  for (const name of ownHeaders) headers.delete(name);
  return {
    status,
    headers: Object.fromEntries(headers),
    id: id === 'mine' ? id : typeof id,
    text: text.replace(new RegExp(idPattern, 'g'), 'an id').replaceAll(`:${port}`, ''),
  };
}
