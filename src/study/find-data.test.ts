/** Data are looked for in a stated order; what is not the published file is said to be so, and simulated last. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Problem } from '../problem.js';
import { zip } from '../testing/zip.js';
import { type DataSpec, type FindOptions, findData, findLocalData } from './find-data.js';
import { sha256 } from './manifest.js';

const root = mkdtempSync(join(tmpdir(), 'alambique-'));
after(() => rmSync(root, { recursive: true }));
let raw = '';
let folder = '';
let fetched: string[] = [];
let count = 0;
beforeEach(() => {
  raw = join(root, String(count), 'raw');
  folder = join(root, String(count++), 'shared');
  for (const place of [raw, folder]) mkdirSync(place, { recursive: true });
  fetched = [];
});

const published = 'age;y\n58;no\n';
const archive = zip({ 'bank.zip': zip({ 'bank.csv': new TextEncoder().encode(published) }) });
const spec: DataSpec = {
  file: 'bank.csv',
  sha256: sha256(published),
  archive: { url: 'https://data.example/bank.zip', members: ['bank.zip', 'bank.csv'], timeoutSeconds: 20 },
  simulate: () => 'age;y\n1;yes\n',
};

test('data/raw comes first, then the named folder, then the publisher, whose file is kept', async () => {
  const fetched = await findData(
    spec,
    options(() => new Response(archive)),
  );
  assert.deepEqual(fetched, {
    path: join(raw, 'bank.csv'),
    name: 'bank.csv',
    simulated: false,
    published: true,
    how: 'fetched from https://data.example/bank.zip',
  });
  assert.equal(readFileSync(join(raw, 'bank.csv'), 'utf8'), published);

  writeFileSync(join(folder, 'bank.csv'), published);
  const own = await findData(spec, options(never));
  assert.deepEqual([own.path, own.how], [join(raw, 'bank.csv'), join(raw, 'bank.csv')]);
  rmSync(join(raw, 'bank.csv'));
  const shared = await findData(spec, options(never));
  assert.deepEqual([shared.path, shared.published], [join(folder, 'bank.csv'), true]);
  assert.match(shared.how, /by ALAMBIQUE_DATA$/);
  assert.deepEqual(await findLocalData(spec, options(never)), {
    path: shared.path,
    sha256: sha256(published),
  });
});

test('a local file that is not the published one is used, and said to be another', async () => {
  writeFileSync(join(raw, 'bank.csv'), 'age;y\n1;no\n');
  const found = await findData(spec, options(never));
  assert.deepEqual([found.simulated, found.published], [false, false]);
  assert.match(found.how, /not the published file: its hash is another/);
  const unhashed = await findData({ ...spec, sha256: undefined }, options(never));
  assert.equal(unhashed.published, true);
});

test('whatever the publisher answers instead, the file is simulated under a name of its own, with the reason', async () => {
  const answers: [() => Response | Promise<Response>, RegExp][] = [
    [() => new Response('gone', { status: 404 }), /data\.example answered 404/],
    [() => Promise.reject(new TypeError('fetch failed')), /data\.example could not be reached/],
    [() => new Response('<html>log in</html>'), /it is not a ZIP archive/],
    [() => new Response(zip({ 'bank.zip': archive })), /no member "bank.csv"/],
    [
      () => new Response(zip({ 'bank.zip': zip({ 'bank.csv': Uint8Array.of(1) }) })),
      /is not the published file/,
    ],
  ];
  for (const [answer, words] of answers) {
    const found = await findData(spec, options(answer));
    assert.deepEqual([found.name, found.simulated, found.published], ['simulated-bank.csv', true, false]);
    assert.match(found.how, /^simulated \(no bank\.csv in data\/raw or in ALAMBIQUE_DATA; /);
    assert.match(found.how, words);
    assert.deepEqual(readdirSync(raw), ['simulated-bank.csv']);
    assert.equal(readFileSync(found.path, 'utf8'), 'age;y\n1;yes\n');
  }
  assert.equal(fetched.length, answers.length);
});

test('a publisher that hangs, before the answer or within it, is given up after the stated time', async () => {
  const brief = { ...spec, archive: { ...spec.archive!, timeoutSeconds: 0.05 } };
  const silent = await findData(
    brief,
    options((signal) => rejectedBy(signal)),
  );
  assert.match(silent.how, /data\.example did not answer within 0\.05 s/);
  const stuck = options((signal) => {
    const start = (controller: ReadableStreamDefaultController): void => {
      controller.enqueue(archive.subarray(0, 20));
      rejectedBy(signal).catch((error) => controller.error(error));
    };
    return new Response(new ReadableStream({ start }));
  });
  assert.match((await findData(brief, stuck)).how, /did not answer within 0\.05 s/);
});

test('a file that is published compressed is simulated compressed', async () => {
  const compressed: DataSpec = { file: 'bank.csv.gz', simulate: () => 'age;y\n1;yes\n' };
  const { path } = await findData(compressed, { ...options(never), use: 'simulated' });
  assert.equal(gunzipSync(readFileSync(path)).toString(), 'age;y\n1;yes\n');
});

test('a wish to stop while fetching is no reason to simulate', async () => {
  const controller = new AbortController();
  const waiting = findData(spec, {
    ...options((signal) => rejectedBy(signal)),
    signal: controller.signal,
  });
  controller.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  assert.deepEqual(readdirSync(raw), []);
});

test('a path that is asked for is used as it is, or refused; "simulated" asks nobody', async () => {
  const path = join(folder, 'mine.csv');
  writeFileSync(path, 'age;y\n2;no\n');
  const mine = await findData(spec, { ...options(never), use: path });
  assert.deepEqual([mine.path, mine.name, mine.simulated, mine.published], [path, 'mine.csv', false, false]);
  for (const use of [join(folder, 'none.csv'), folder]) {
    await assert.rejects(findData(spec, { ...options(never), use }), (error: unknown) => {
      assert.ok(error instanceof Problem && error.issues[0]!.code === 'data-not-found');
      assert.match(error.message, /there is no file/);
      return true;
    });
  }
  writeFileSync(join(raw, 'bank.csv'), published);
  const made = await findData(spec, { ...options(never), use: 'simulated' });
  assert.deepEqual([made.simulated, made.how], [true, 'simulated (as asked)']);
  assert.equal(await findLocalData(spec, { ...options(never), use: 'simulated' }), undefined);
  const named = await findData(spec, { ...options(never), use: made.path });
  assert.equal(named.simulated, true, 'a simulated file does not become real by being named');
});

test('where nothing is left to try, the refusal says where to put the file', async () => {
  const bare: DataSpec = { file: 'sales.csv' };
  await assert.rejects(findData(bare, { raw, fetch: undefined }), (error: unknown) => {
    assert.ok(error instanceof Problem);
    assert.equal(
      error.message,
      'The data "sales.csv" was not found: no sales.csv in data/raw. ' +
        'Put the file into data/raw, or name its folder in ALAMBIQUE_DATA.',
    );
    return true;
  });
  assert.equal(await findLocalData(bare, { raw }), undefined);
  assert.ok(!existsSync(join(raw, 'simulated-sales.csv')));
});

function options(answer: (signal: AbortSignal) => Response | Promise<Response>): FindOptions {
  const asked: typeof fetch = async (url, init) => {
    fetched.push(String(url));
    return answer(init!.signal!);
  };
  return { raw, folder, fetch: asked };
}

function never(): never {
  assert.fail('nothing should be fetched');
}

/** As `fetch` does: it ends when its signal says so, with the signal's reason. */
function rejectedBy(signal: AbortSignal): Promise<never> {
  const kept = setTimeout(() => undefined, 10000);
  return new Promise((_, reject) => {
    const end = (): void => {
      clearTimeout(kept);
      reject(signal.reason);
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}
