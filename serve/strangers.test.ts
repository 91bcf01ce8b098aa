/** Requests that nobody at home sends: odd hosts, other sites, too large bodies, idle crowds. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createService, type ServiceOptions } from './app.js';
import { createClient, ServiceRefusal } from './client.js';
import { exampleRow } from './example-row.js';
import { createServer, type ListenOptions } from './listener.js';

const artefact = readArtefact(smallArtefact());
const row = exampleRow(artefact);
const query = new URLSearchParams(
  Object.entries(row).map(([name, value]): [string, string] => [name, String(value ?? '')]),
);
const json = 'content-type: application/json';

async function serve(
  t: TestContext,
  options: Partial<ServiceOptions> = {},
  listen: ListenOptions = {},
): Promise<number> {
  const service = createService({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z'), ...options });
  const server: Server = createServer(() => service, listen);
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** What comes back for these bytes. */
async function send(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += part;
  return answer;
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

test('whatever host a request names, it gets an answer that is no fault of ours', async (t) => {
  const faults: unknown[] = [];
  const port = await serve(t, { onFinished: ({ error }) => void (error && faults.push(error)) });
  for (const host of ['a:99999', '1.2.3.4.5', 'xn--a', 'two words', '[::1', 'a/b', 'ü', '%41', '']) {
    for (const path of ['/livez', '/docs', '/', `/predict?${query}`, `/?${query}`]) {
      const answer = await send(port, `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
      assert.ok([200, 400].includes(statusOf(answer)), `${host} ${path}: ${answer.slice(0, 200)}`);
      assert.match(answer, /x-request-id: /i);
      if (statusOf(answer) === 400)
        assert.match(answer, /application\/problem\+json[\s\S]*"detail":"The host/);
    }
  }
  assert.deepEqual(faults, []);
});

test('a probe of HTTP/1.0, which names no host, is answered', async (t) => {
  const port = await serve(t);
  const probe = 'GET /livez HTTP/1.0\r\n\r\n';
  assert.match(await send(port, probe), /^HTTP\/1\.1 200 OK[\s\S]*"status":"live"/);
});

test('a client that sends too much gets to read why, announced or not', async (t) => {
  const port = await serve(t);
  const client = createClient(`http://127.0.0.1:${port}`);
  const many = Array.from({ length: 45_000 }, () => row);
  assert.ok(JSON.stringify(many).length > 8_388_608);
  await assert.rejects(client.predictMany(many), (error: unknown) => {
    assert.ok(error instanceof ServiceRefusal);
    assert.equal(error.status, 413);
    return /larger than 8 MiB/.test(error.message);
  });
  const body = JSON.stringify(many);
  const head = `POST /predict HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${json}\r\ntransfer-encoding: chunked\r\n\r\n`;
  const answer = await send(port, `${head}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
  assert.equal(statusOf(answer), 413);
  assert.match(answer, /larger than 8 MiB/);
});

test('a connection on which too much was sent can be used again', async (t) => {
  const port = await serve(t);
  const body = ' '.repeat(9_000_000);
  const first = `POST /predict HTTP/1.1\r\nhost: localhost\r\n${json}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const answers = await send(
    port,
    `${first}GET /livez HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
  );
  assert.deepEqual([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status), ['413', '200']); // biome-ignore format: one thought
});

test('without keys only this machine may be named', async (t) => {
  const port = await serve(t, { onlyLoopback: true });
  const ask = async (host: string, path = '/metadata'): Promise<number> =>
    statusOf(await send(port, `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`));
  for (const host of ['evil.example', 'localhost.evil.example', '10.0.0.1', '127.0.0.1.evil.example'])
    assert.equal(await ask(host), 421, host);
  for (const host of ['localhost', `localhost:${port}`, `127.0.0.1:${port}`, '[::1]:3000', 'LOCALHOST'])
    assert.equal(await ask(host), 200, host);
  // Probes name what they like.
  assert.equal(await ask('10.0.0.1', '/livez'), 200);
});

test('what a page of another site sends is refused and leaves nothing in the log; our own page and programs may ask', async (t) => {
  const kept: string[] = [];
  const auditLog = {
    append: (_: string, records: readonly { id: string }[]) => void kept.push(...records.map(({ id }) => id)),
    stopped: () => undefined,
    find: async () => undefined,
    close: async () => undefined,
  };
  const port = await serve(t, { auditLog });
  const own = `http://127.0.0.1:${port}`;
  const ask = async (method: string, path: string, headers: Record<string, string>): Promise<number> => {
    const body = method === 'POST' ? JSON.stringify(row) : '';
    const lines = Object.entries({ host: `127.0.0.1:${port}`, connection: 'close', ...headers }).map((pair) => pair.join(': ')); // biome-ignore format: one thought
    const length = body === '' ? [] : [json, `content-length: ${body.length}`];
    return statusOf(
      await send(port, `${[`${method} ${path} HTTP/1.1`, ...lines, ...length].join('\r\n')}\r\n\r\n${body}`),
    );
  };
  const predict = `/predict?${query}`;
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) assert.equal(await ask('POST', '/predict', { origin }), 403, origin); // biome-ignore format: one thought
  for (const site of ['cross-site', 'same-site']) {
    assert.equal(await ask('POST', '/predict', { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }), 403);
    assert.equal(await ask('GET', predict, { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }), 403);
    assert.equal(await ask('GET', predict, { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }), 403);
    assert.equal(await ask('GET', '/', { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }), 200);
  }
  assert.deepEqual(kept, []);
  assert.equal(await ask('POST', '/predict', { origin: own, 'sec-fetch-site': 'same-origin' }), 200);
  assert.equal(await ask('POST', '/predict', { origin: own }), 200);
  assert.equal(await ask('GET', predict, { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }), 200);
  assert.equal(await ask('POST', '/predict', {}), 200);
  assert.equal(kept.length, 4);
});

test('where all places are taken by idle connections, the one that is idle longest gives way to a new one', async (t) => {
  const port = await serve(t, {}, { mostConnections: 10 });
  const crowd: Socket[] = [];
  for (let i = 0; i < 10; i++) {
    crowd.push(connect(port, '127.0.0.1').on('error', () => undefined));
    await once(crowd[i]!, 'connect');
  }
  // One of them has asked: it is no longer the idlest.
  crowd[0]!.write('GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await once(crowd[0]!, 'data');
  const closed = once(crowd[1]!, 'close');
  crowd[1]!.resume();
  assert.equal(
    statusOf(await send(port, 'GET /livez HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')),
    200,
  );
  await closed;
  crowd[0]!.write('GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await once(crowd[0]!, 'data');
  for (const socket of crowd) socket.destroy();
});

test('HEAD makes no prediction', async (t) => {
  const kept: unknown[] = [];
  const auditLog = {
    append: (_: string, records: readonly object[]) => void kept.push(...records),
    stopped: () => undefined,
    find: async () => undefined,
    close: async () => undefined,
  };
  const port = await serve(t, { auditLog });
  const head = (method: string): string =>
    `${method} /predict?${query} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`;
  assert.equal(statusOf(await send(port, head('HEAD'))), 200);
  assert.equal(kept.length, 0);
  assert.doesNotMatch(
    await send(port, 'GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'),
    /predictions_total\{/,
  );
  await send(port, head('GET'));
  assert.equal(kept.length, 1);
});
