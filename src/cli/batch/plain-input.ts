/** Makes a plain file of the rows that are to be scored, whether they come as a file, a stream, or compressed. */
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Problem } from '../../problem.js';

/** Rows in a file that can be read from any place, as often as need be. */
export interface PlainInput {
  readonly path: string;
  readonly kind: 'csv' | 'ndjson';
  /** Removes the file where it was made for this. */
  readonly remove: () => void;
}

/** Where a stream comes from, and where it may be put. */
export interface PlainInputOptions {
  /** For "-". */
  readonly standardInput?: Readable;
  /** The file that is made of a stream, or of what was compressed. */
  readonly copy: string;
  readonly signal?: AbortSignal;
}

/**
 * The file itself where it is plain; else a copy of what the stream brings, unpacked where it is gzip. "-" is standard
 * input. CSV or NDJSON by the name; without a name by the first character, a brace for NDJSON.
 * Throws `batch-no-input`, and `batch-gzip` where compressed bytes are damaged.
 */
export async function plainInput(input: string, options: PlainInputOptions): Promise<PlainInput> {
  const there = input === '-' ? undefined : statSync(input, { throwIfNoEntry: false });
  const refuse = (what: string): never => {
    throw new Problem({ code: 'batch-no-input', what, where: { file: input } });
  };
  if (input !== '-' && !there) refuse('there is no such file');
  if (there?.isDirectory()) refuse('this is a folder, not a file of rows');
  if (there?.isFile() && !(await isGzip(input)))
    return { path: input, kind: kindOfName(input) ?? 'csv', remove: () => {} };
  const { copy, standardInput, signal } = options;
  if (input === '-' && standardInput === undefined) refuse('nothing comes on standard input');
  const remove = (): void => rmSync(copy, { force: true });
  try {
    const from = input === '-' ? standardInput! : createReadStream(input);
    await pipeline(from, unpacked, createWriteStream(copy, { mode: 0o600 }), { signal });
    return { path: copy, kind: kindOfName(input) ?? (await kindOfContent(copy)), remove };
  } catch (error) {
    remove();
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!code.startsWith('Z_')) throw error;
    const what = `the compressed bytes are damaged: ${(error as Error).message}`;
    throw new Problem({ code: 'batch-gzip', what, where: { file: input } });
  }
}

/** The bytes of a stream, unpacked where they begin as gzip does. */
async function* unpacked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const { value, done } = await chunks.next();
    if (done) break;
    first = Buffer.concat([first, value as Uint8Array]);
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    if (first.length > 0) yield first;
    for (let next = await chunks.next(); !next.done; next = await chunks.next())
      yield next.value as Uint8Array;
  };
  if (!beginsAsGzip(first)) {
    yield* all();
    return;
  }
  const gunzip = createGunzip();
  const fed = pipeline(all(), gunzip);
  // Its error comes out of the loop, too.
  fed.catch(() => {});
  yield* gunzip as AsyncIterable<Uint8Array>;
  await fed;
}

async function isGzip(path: string): Promise<boolean> {
  return beginsAsGzip(await firstBytes(path, 2));
}

function beginsAsGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function kindOfName(input: string): PlainInput['kind'] | undefined {
  const name = input.replace(/\.gz$/i, '');
  return /\.(?:ndjson|jsonl)$/i.test(name) ? 'ndjson' : /\.(?:csv|tsv|txt)$/i.test(name) ? 'csv' : undefined;
}

async function kindOfContent(path: string): Promise<PlainInput['kind']> {
  const text = (await firstBytes(path, 4096)).toString('utf8').replace(/^\uFEFF/, '').trimStart(); // biome-ignore format: one thought
  return text.startsWith('{') ? 'ndjson' : 'csv';
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(count);
    const { bytesRead } = await file.read(bytes, 0, count, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
