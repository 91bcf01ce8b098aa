/** Makes a plain file of the rows that are to be scored, whether they come as a file or a stream, packed, or in another encoding. */
import { createHash } from 'node:crypto';
import { createWriteStream, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isUrl } from '../../io/object-url.js';
import { Problem } from '../../problem.js';
import type { Dialect, Encoding } from '../../table/dialect.js';
import { fileKind } from '../../table/file/file-kind.js';
import { textBytes } from '../../table/file/text-bytes.js';
import { byteOrderMark } from '../../table/file/text-decoder.js';

/** Rows in a file of UTF-8 that can be read from any place, as often as need be. */
export interface PlainInput {
  readonly path: string;
  readonly kind: 'csv' | 'ndjson';
  /** How the input itself is encoded, and whether a byte order mark that the file of UTF-8 lacks says so. */
  readonly encoding: Encoding;
  readonly isMarked: boolean;
  /** What the object of a URL is, as the store has it: the file here is another where that was packed. */
  readonly stored?: { readonly sha256: string; readonly bytes: number };
  /** Removes the file where it was made for this. */
  readonly remove: () => void;
}

/** Where a stream comes from, and where it may be put. */
export interface PlainInputOptions {
  /** For "-". */
  readonly standardInput?: Readable;
  /** The file that is made of a stream, or of what was packed or is not UTF-8. */
  readonly copy: string;
  /** How the input is written. */
  readonly dialect?: Dialect;
  /** How large the copy may become; a few bytes of gzip can be gigabytes of rows. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal;
}

/**
 * The file itself where it is plain; else a copy of what the file, the object of a URL or the stream brings, unpacked and as UTF-8. "-" is standard
 * input. CSV or NDJSON by the name; without a name by the first character, a brace for NDJSON.
 * Throws `batch-no-input`, `batch-too-large`, and what `textBytes` throws.
 */
export async function plainInput(input: string, options: PlainInputOptions): Promise<PlainInput> {
  const isElsewhere = input === '-' || isUrl(input);
  const there = isElsewhere ? undefined : statSync(input, { throwIfNoEntry: false });
  const refuse = (what: string): never => {
    throw new Problem({ code: 'batch-no-input', what, where: { file: input } });
  };
  if (!isElsewhere && !there) refuse('there is no such file');
  if (there?.isDirectory()) refuse('this is a folder, not a file of rows');
  const { copy, standardInput, signal, dialect, mostBytes } = options;
  const encoding = dialect?.encoding ?? 'utf-8';
  if (there?.isFile() && (await isPlain(input, encoding)))
    return {
      path: input,
      kind: kindOfName(input) ?? 'csv',
      encoding: 'utf-8',
      isMarked: false,
      remove: () => {},
    };
  if (input === '-' && standardInput === undefined) refuse('nothing comes on standard input');
  const remove = (): void => rmSync(copy, { force: true });
  let found = { encoding, isMarked: false };
  const onEncoding = (told: Encoding, isMarked: boolean): void => {
    found = { encoding: told, isMarked: isMarked && told !== 'utf-8' };
  };
  const name = input === '-' ? 'standard input' : basename(input);
  const hash = createHash('sha256');
  let bytes = 0;
  const onStored = (piece: Uint8Array): void => {
    hash.update(piece);
    bytes += piece.length;
  };
  const text = textBytes(input === '-' ? standardInput! : input, {
    ...{ name, dialect, onEncoding },
    ...(isUrl(input) && { onStored }),
  });
  try {
    await pipeline(copiesOf(text, mostBytes), createWriteStream(copy, { mode: 0o600 }), { signal });
    const kind = kindOfName(input) ?? (await kindOfContent(copy));
    const stored = isUrl(input) && { stored: { sha256: hash.digest('hex'), bytes } };
    return { path: copy, kind, ...found, ...stored, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Each piece for itself: a stream keeps some while the next is read. */
async function* copiesOf(
  pieces: AsyncIterable<Uint8Array>,
  mostBytes = Infinity,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > mostBytes) {
      throw new Problem({
        code: 'batch-too-large',
        what: `the rows are more than ${Math.floor(mostBytes / 1e6)} MB once they are unpacked`,
        remedy: 'send them in several files',
      });
    }
    yield piece.slice();
  }
}

/** Whether a file can be read as it is: neither packed nor anything but UTF-8. */
async function isPlain(path: string, encoding: Encoding): Promise<boolean> {
  const begin = await firstBytes(path, 8);
  return fileKind(begin) === 'text' && (byteOrderMark(begin)?.encoding ?? encoding) === 'utf-8';
}

function kindOfName(input: string): PlainInput['kind'] | undefined {
  const name = input.replace(/\.(?:gz|zip)$/i, '');
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
