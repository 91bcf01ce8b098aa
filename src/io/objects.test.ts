/** Objects of a folder, of Azure and of S3: the same checks for all, and what networks and stores do wrong. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Problem } from '../problem.js';
import { skipServices } from '../testing/services/services.js';
import { startAzurite } from '../testing/services/start-azurite.js';
import { startMoto } from '../testing/services/start-moto.js';
import { type Fault, startProxy } from '../testing/services/start-proxy.js';
import type { Patience, StoredObject } from './io.js';
import { objectAt } from './object-at.js';
import { codeOf, madeBytes, type ObjectPlace, objectChecks, sumOf, wholeOf } from './object-checks.js';
import { troubleOf } from './trouble.js';

const workspace = { root: '/' };
type Env = Readonly<Record<string, string>>;
const at =
  (env: Env, patience: Partial<Patience> = {}) =>
  (url: string): StoredObject =>
    objectAt(url, { place: { env, workspace }, patience: { pause: 1, ...patience } });

/** A store, and its settings when it is reached by another port. */
interface Store extends Pick<ObjectPlace, 'base' | 'isLaxInParts'> {
  readonly port: number;
  env(port: number): Env;
}

const keys = { AWS_ACCESS_KEY_ID: 'tester', AWS_SECRET_ACCESS_KEY: 'a secret' };
const stores: Readonly<Record<string, (t: TestContext) => Promise<Store>>> = {
  Azurite: async (t) => {
    const { port, connection } = await startAzurite(t, { containers: ['raw'] });
    const env = (by: number): Env => ({
      AZURE_STORAGE_CONNECTION_STRING: connection.replace(`:${port}/`, `:${by}/`),
    });
    return { base: 'az://raw', port, env };
  },
  moto: async (t) => {
    const { port } = await startMoto(t, { buckets: ['raw'] });
    const env = (by: number): Env => ({ ...keys, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${by}` });
    // Moto keeps no condition where an object is made of parts; AWS does.
    return { base: 's3://raw', port, env, isLaxInParts: true };
  },
};

test('a folder keeps objects', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-io-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const place: ObjectPlace = { base: folder, at: at({}) };
  for (const [name, check] of Object.entries(objectChecks)) await t.test(name, () => check(place));
  await t.test('what a crash left is taken away by the next writer, and is never listed', async () => {
    const left = join(folder, `a.csv.4194305.${'0'.repeat(36)}.alambique.part`);
    writeFileSync(left, 'half');
    for await (const { url } of place.at(folder).list()) assert.notEqual(url, left);
    await place.at(join(folder, 'a.csv')).write('whole');
    assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith('a.csv')), ['a.csv']); // biome-ignore format: one thought
  });
  await t.test('a file that grows while it is read is not taken for whole', async () => {
    const file = join(folder, 'grows.csv');
    await place.at(file).write(Buffer.alloc(1 << 20));
    const { bytes } = await place.at(file).read();
    const reading = async (): Promise<void> => {
      for await (const _ of bytes) writeFileSync(file, 'x', { flag: 'a' });
    };
    assert.equal(await codeOf(reading()), 'io-changed');
  });
});

for (const [name, start] of Object.entries(stores)) {
  test(`${name} keeps objects`, { skip: skipServices }, async (t) => {
    const { base, port, env, isLaxInParts } = await start(t);
    const place: ObjectPlace = { base, isLaxInParts, at: at(env(port)) };
    for (const [check, run] of Object.entries(objectChecks)) await t.test(check, () => run(place));

    await t.test('2,100 objects are listed, each once, in order: in S3 three pages', async () => {
      const urls = Array.from({ length: 2100 }, (_, i) => `${base}/many/${String(i).padStart(5, '0')}`);
      for (let from = 0; from < urls.length; from += 50)
        await Promise.all(urls.slice(from, from + 50).map((url) => place.at(url).write('x')));
      const listed: string[] = [];
      for await (const { url } of place.at(`${base}/many/`).list()) listed.push(url);
      assert.deepEqual(listed, urls);
    });

    await t.test('a copy comes to another place by way of here', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'alambique-io-'));
      t.after(() => rmSync(folder, { recursive: true }));
      await place.at(`${base}/here.csv`).write('a;b\n');
      await place.at(`${base}/here.csv`).copyTo(join(folder, 'there.csv'));
      await place.at(join(folder, 'there.csv')).copyTo(`${base}/back.csv`);
      assert.equal((await wholeOf(place.at(`${base}/back.csv`))).toString(), 'a;b\n');
    });

    await t.test('a container that is not there has a sentence', async () => {
      const object = place.at(`${base.slice(0, 5)}nowhere/a.csv`);
      assert.equal(await codeOf(object.read()), 'io-no-container');
      assert.equal(await codeOf(object.write('x')), 'io-no-container');
    });

    /** The objects through a proxy that breaks connections. */
    const broken = async (
      faultOf: (connection: number) => Fault | undefined,
      patience: Partial<Patience> = {},
    ): Promise<{ at: (url: string) => StoredObject; connections(): number }> => {
      // biome-ignore format: one thought
      const proxy = await startProxy(t, { to: port, faultOf });
      return { at: at(env(proxy.port), { silence: 300, ...patience }), connections: proxy.connections };
    };
    const size = 5 << 20;
    await place.at(`${base}/faults.bin`).write(madeBytes(size));

    await t.test('connections that are cut or fall silent go on where they were', async () => {
      const faults: readonly Fault[] = [
        { after: 1_000_000, how: 'cut' },
        { after: 1_000_000, how: 'stall' },
        { after: 100, how: 'cut' },
        { after: 0, how: 'stall' },
        { after: 1_000_000, how: 'cut' },
      ];
      const through = await broken((connection) => faults[connection]);
      const { bytes } = await through.at(`${base}/faults.bin`).read();
      assert.equal(await sumOf(bytes), await sumOf(madeBytes(size)));
      assert.ok(through.connections() > faults.length);
    });

    await t.test('an object that is replaced meanwhile is not mixed with the new one', async () => {
      const through = await broken((connection) => (connection === 0 ? { after: 1_000_000, how: 'stall' } : undefined)); // biome-ignore format: one thought
      await place.at(`${base}/replaced.bin`).write(madeBytes(size));
      const { bytes } = await through.at(`${base}/replaced.bin`).read();
      const reading = async (): Promise<void> => {
        let isReplaced = false;
        for await (const _ of bytes) {
          if (!isReplaced) await place.at(`${base}/replaced.bin`).write(madeBytes(size, 999));
          isReplaced = true;
        }
      };
      assert.equal(await codeOf(reading()), 'io-changed');
    });

    await t.test('a write whose answer is lost is known for one’s own, small or in parts', async () => {
      for (const length of [1000, (8 << 20) + 1000]) {
        const url = `${base}/lost-${length}.bin`;
        // Each third connection is cut as soon as the store answers.
        const through = await broken((connection) => (connection % 3 === 0 ? { after: 0, how: 'cut' } : undefined)); // biome-ignore format: one thought
        assert.equal(await through.at(url).write(madeBytes(length), { once: true }), length);
        assert.equal(await sumOf((await place.at(url).read()).bytes), await sumOf(madeBytes(length)));
        assert.equal(await codeOf(through.at(url).write('other', { once: true })), 'io-exists');
      }
    });

    await t.test('a store that is always cut or silent ends in a sentence', async () => {
      const cut = await broken(() => ({ after: 0, how: 'cut' }), { tries: 3 });
      assert.equal(await codeOf(cut.at(`${base}/faults.bin`).read()), 'io-broken');
      const silent = await broken(() => ({ after: 0, how: 'stall' }), { tries: 2, silence: 100 });
      assert.equal(await codeOf(silent.at(`${base}/faults.bin`).read()), 'io-silent');
      assert.equal(await codeOf(silent.at(`${base}/new.bin`).write('x')), 'io-silent');
      assert.equal(await codeOf(silent.at(`${base}/`).list().next()), 'io-silent');
    });
  });
}

const stalling: Readonly<Record<string, (port: number) => { base: string; env: Env }>> = {
  Azure: (port) => ({
    base: 'az://raw',
    env: {
      AZURE_STORAGE_CONNECTION_STRING: `DefaultEndpointsProtocol=http;AccountName=tester;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:${port}/tester;`,
    },
  }),
  S3: (port) => ({ base: 's3://raw', env: { ...keys, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` } }),
};

for (const [name, settingsOf] of Object.entries(stalling)) {
  test(`${name}: a server that takes the connection and says nothing is left, and so is a port without one`, async (t) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    t.after(() => server.close());
    const { base, env } = settingsOf(port);
    const object = at(env, { tries: 2, silence: 50 })(`${base}/a.csv`);
    assert.equal(await codeOf(object.read()), 'io-silent');
    assert.equal(await codeOf(object.write('x')), 'io-silent');
    for (const socket of sockets) socket.destroy();
    server.close();
    assert.equal(await codeOf(at({ ...env }, { tries: 2 })(`${base}/a.csv`).read()), 'io-broken');
  });
}

test('keys that a store does not know are refused, by Azurite', { skip: skipServices }, async (t) => {
  const { connection } = await startAzurite(t, { containers: ['raw'] });
  const wrong = connection.replace(
    /AccountKey=[^;]+/,
    `AccountKey=${Buffer.from('another').toString('base64')}`,
  );
  const object = at({ AZURE_STORAGE_CONNECTION_STRING: wrong })('az://raw/a.csv');
  assert.equal(await codeOf(object.read()), 'io-refused');
  assert.equal(await codeOf(object.write('x')), 'io-refused');
  assert.equal(await codeOf(object.info()), 'io-refused');
  assert.equal(await codeOf(object.list().next()), 'io-refused');
});

test('keys that a store does not know are refused, by moto', { skip: skipServices }, async (t) => {
  const { endpoint } = await startMoto(t, { buckets: ['raw'], checksKeys: true });
  const object = at({ ...keys, AWS_ENDPOINT_URL_S3: endpoint })('s3://raw/a.csv');
  assert.equal(await codeOf(object.read()), 'io-refused');
  assert.equal(await codeOf(object.write('x')), 'io-refused');
});

test('an answer says what is wrong: the clock, a region, keys that have expired', () => {
  const kinds = [
    troubleOf(403, { code: 'AuthenticationFailed', sent: '2026-11-28T01:40:00Z', date: 'Sat, 28 Nov 2026 02:00:00 GMT' }), // biome-ignore format: one thought
    troubleOf(403, { code: 'RequestTimeTooSkewed' }),
    troubleOf(403, { code: 'AccessDenied', sent: '2026-11-28T01:50:00Z', date: 'Sat, 28 Nov 2026 02:00:00 GMT' }), // biome-ignore format: one thought
    troubleOf(400, { code: 'ExpiredToken' }),
    troubleOf(301, { code: 'PermanentRedirect' }),
    troubleOf(503, { code: 'SlowDown' }),
    troubleOf(409, { code: 'BlobAlreadyExists' }),
    troubleOf(412, { once: true }),
    troubleOf(412, {}),
    troubleOf(400, { code: 'InvalidArgument' }),
  ].map(({ kind }) => kind);
  assert.deepEqual(kinds, ['clock', 'clock', 'refused', 'expired', 'elsewhere', 'busy', 'exists', 'exists', 'changed', 'answered']); // biome-ignore format: one thought
});

test('what no store can have has a sentence before anything is asked', () => {
  for (const url of [
    'gs://bucket/key',
    'https://example.org/a.csv',
    'az://Raw/a',
    's3://r/a',
    's3://raw/../a',
    'az://raw/a/./b',
    's3://raw/a//b',
    'az://raw/a\\b',
    'az://raw/a.',
    's3://raw/a\u0000b',
    `s3://raw/${'ñ'.repeat(600)}`,
  ])
    assert.throws(
      () => objectAt(url),
      (error) => error instanceof Problem && error.issues[0]!.code === 'io-url',
      url,
    );
});

test('a folder of a store is no object, and missing or wrong settings are named without what is secret', async () => {
  assert.equal(await codeOf(at(keys)('s3://raw').read()), 'io-url');
  assert.equal(await codeOf(at(keys)('s3://raw/crm/').write('x')), 'io-url');
  assert.equal(await codeOf(at({})('s3://raw/a').read()), 'io-setting');
  assert.equal(await codeOf(at({})('az://raw/a').read()), 'io-setting');
  for (const address of ['s3.example.org', 'ftp://s3.example.org'])
    assert.equal(
      await codeOf(at({ ...keys, AWS_ENDPOINT_URL_S3: address })('s3://raw/a').read()),
      'io-setting',
    );
  const secret = 'c2VjcmV0c2VjcmV0';
  const wrong = at({ AZURE_STORAGE_CONNECTION_STRING: `AccountKey=${secret};` })('az://raw/a');
  await assert.rejects(
    wrong.read(),
    (error) =>
      error instanceof Problem && error.message.includes('STRING is not') && !error.message.includes(secret),
  );
});
