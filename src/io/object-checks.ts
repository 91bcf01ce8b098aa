/** What every kept object does, whatever keeps it: the same checks for a folder and for stores. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Problem } from '../problem.js';
import type { Content, StoredObject } from './io.js';

/** A base, such as a folder or `az://container`, and what makes objects of URLs. */
export interface ObjectPlace {
  readonly base: string;
  at(url: string): StoredObject;
  /** True where two who make an object of parts at the same moment may both succeed. */
  readonly isLaxInParts?: boolean;
}

const hostileNames = [
  'a b/ñ ó.csv',
  '%2f.csv',
  "it's (1)!*~.csv",
  '日本語.csv',
  'a+b&c=d;e#g@h,$.csv',
  '…/.x',
];

/** The code of the problem that the work ends with. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const problem = await work.then(
    () => assert.fail('nothing was wrong'),
    (error: unknown) => error,
  );
  if (!(problem instanceof Problem)) throw problem;
  return problem.issues[0]!.code;
}

/** All of an object. */
export async function wholeOf(object: StoredObject, range?: { start: number; end: number }): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await object.read({ range })).bytes) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Bytes that do not repeat, in a piece that is overwritten each time. */
export async function* madeBytes(size: number, piece: number = 300_001): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(piece);
  for (let at = 0; at < size; at += piece) {
    for (let i = 0; i < piece; i += 4) buffer.writeUInt32LE(Math.imul(at + i + 1, 0x9e3779b1) >>> 0, Math.min(i, piece - 4)); // biome-ignore format: one thought
    yield buffer.subarray(0, Math.min(piece, size - at));
  }
}

export async function sumOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}

/** The checks by their names. */
export const objectChecks: Readonly<Record<string, (place: ObjectPlace) => Promise<void>>> = {
  'names with blanks, signs and letters of all kinds stay what they are': async ({ base, at }) => {
    for (const name of hostileNames) {
      const url = `${base}/names/${name}`;
      assert.equal(await at(url).write(name), Buffer.byteLength(name), name);
      assert.equal((await wholeOf(at(url))).toString(), name);
    }
    const listed: string[] = [];
    for await (const { url, size } of at(`${base}/names`).list()) {
      listed.push(url);
      assert.equal(size, Buffer.byteLength(url.slice(`${base}/names/`.length)));
    }
    const sorted = hostileNames.map((name) => `${base}/names/${name}`).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))); // biome-ignore format: one thought
    assert.deepEqual(listed, sorted);
  },

  'a large stream comes back the same, whole and by ranges': async ({ base, at }) => {
    const size = (17 << 20) + 12_345;
    const object = at(`${base}/large.bin`);
    assert.equal(await object.write(madeBytes(size)), size);
    const { info, bytes } = await object.read();
    assert.equal(info.size, size);
    assert.equal(await sumOf(bytes), await sumOf(madeBytes(size)));
    const whole = await wholeOf(object);
    for (const [start, end] of [
      [0, 10],
      [(8 << 20) - 5, (8 << 20) + 5],
      [size - 7, size + 100],
      [5, 5],
      [size + 1, size + 9],
    ] as const)
      assert.deepEqual(await wholeOf(object, { start, end }), whole.subarray(start, end));
    assert.equal((await object.info())?.etag, info.etag);
  },

  'an empty object is one': async ({ base, at }) => {
    const object = at(`${base}/empty`);
    assert.equal(await object.write(''), 0);
    assert.equal((await object.info())?.size, 0);
    assert.equal((await wholeOf(object)).length, 0);
  },

  'what is not there is said to be missing': async ({ base, at }) => {
    const object = at(`${base}/nothing/here.csv`);
    assert.equal(await object.info(), undefined);
    assert.equal(await object.remove(), false);
    assert.equal(await codeOf(object.read()), 'io-missing');
    assert.equal(await codeOf(object.copyTo(`${base}/copy`)), 'io-missing');
    for await (const { url } of at(`${base}/nothing`).list()) assert.fail(url);
  },

  'of many who write once only one succeeds, in one piece and in parts': async ({
    base,
    at,
    isLaxInParts,
  }) => {
    for (const size of [1000, (8 << 20) + 1000]) {
      const url = `${base}/once-${size}.bin`;
      const content = (writer: number): Content => (async function* () {
        yield Buffer.alloc(size, 65 + writer);
      })(); // biome-ignore format: one thought
      const write = (writer: number): Promise<number> => at(url).write(content(writer), { once: true });
      // A writer that comes when the first has finished is refused in any case.
      const first = isLaxInParts && size > 1000 ? [write(0)] : [];
      await Promise.all(first);
      const later = Array.from({ length: 6 - first.length }, (_, i) => write(i + first.length));
      const ends = await Promise.allSettled([...first, ...later]);
      const winners = ends.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
      assert.equal(winners.length, 1, `${size}: ${winners}`);
      for (const end of ends) {
        if (end.status === 'fulfilled') continue;
        if (!(end.reason instanceof Problem)) throw end.reason;
        assert.equal(end.reason.issues[0]!.code, 'io-exists');
      }
      const kept = await wholeOf(at(url));
      assert.equal(kept.length, size);
      assert.ok(kept.every((byte) => byte === 65 + winners[0]!));
      // Without the condition it is replaced.
      await at(url).write('new');
      assert.equal((await wholeOf(at(url))).toString(), 'new');
    }
  },

  'a writer that fails leaves nothing, and an older object as it was': async ({ base, at }) => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(17 << 20);
      throw new RangeError('the source broke');
    };
    for (const name of ['fails', 'older']) {
      if (name === 'older') await at(`${base}/failing/older`).write('as it was');
      await assert.rejects(at(`${base}/failing/${name}`).write(failing()), RangeError);
    }
    const left: string[] = [];
    for await (const { url } of at(`${base}/failing`).list()) left.push(url);
    assert.deepEqual(left, [`${base}/failing/older`]);
    assert.equal((await wholeOf(at(`${base}/failing/older`))).toString(), 'as it was');
  },

  'it is copied, replaced or not, and removed': async ({ base, at }) => {
    await at(`${base}/from ñ`).write('one');
    await at(`${base}/from ñ`).copyTo(`${base}/to/there`);
    assert.equal((await wholeOf(at(`${base}/to/there`))).toString(), 'one');
    assert.equal(await codeOf(at(`${base}/from ñ`).copyTo(`${base}/to/there`, { once: true })), 'io-exists');
    assert.equal(await at(`${base}/from ñ`).remove(), true);
    assert.equal(await at(`${base}/from ñ`).info(), undefined);
    assert.equal((await wholeOf(at(`${base}/to/there`))).toString(), 'one');
  },

  'who stops reading early holds nothing up': async ({ base, at }) => {
    const object = at(`${base}/stopped.bin`);
    await object.write(madeBytes(9 << 20));
    for await (const chunk of (await object.read()).bytes) {
      assert.ok(chunk.length > 0);
      break;
    }
    assert.equal((await wholeOf(object, { start: 0, end: 4 })).length, 4);
  },
};
