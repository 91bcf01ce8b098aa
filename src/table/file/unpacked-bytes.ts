/** The bytes of a file, unpacked where it is packed, without ever holding it whole; what it is is told by its first bytes. */
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Transform } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { objectAt } from '../../io/object-at.js';
import { isUrl } from '../../io/object-url.js';
import { listNames, Problem } from '../../problem.js';
import { fileChunks } from './file-chunks.js';
import { type FileKind, fileKind } from './file-kind.js';
import { parquetBytes } from './parquet-bytes.js';
import { workbookBytes } from './workbook-bytes.js';
import {
  damagedZip,
  findZipDirectory,
  type ZipMember,
  zipContentStart,
  zipMembers,
  zipTail,
} from './zip-directory.js';

/** What a reader may be told. */
export interface UnpackOptions {
  /** A name for the file, shown in issues. */
  readonly name: string;
  /** Told of the bytes as they lie on disk, in their order, each once. */
  readonly onStored?: (bytes: Uint8Array) => void;
  /** The sheet of a workbook, where more than one holds something. */
  readonly sheet?: string;
  /** Told how many bytes the file has, where it is not packed. */
  readonly onPlainSize?: (bytes: number) => void;
}

/**
 * The content of a text file or of a stream, of a gzip file, or of the one member of a ZIP archive; the rows of a workbook (.xlsx) or of a
 * Parquet file as CSV in UTF-8. The file may be named by its URL. A chunk is overwritten at the next but one.
 * Throws `csv-unreadable` for what cannot be read, `csv-bad-gzip`, `zip-unreadable`, `csv-not-text` for another kind of file; `io-…` by URL.
 */
export async function* unpackedBytes(
  source: string | AsyncIterable<Uint8Array>,
  options: UnpackOptions,
): AsyncGenerator<Uint8Array> {
  if (typeof source === 'string' && isUrl(source)) yield* unpackedObject(source, options);
  else yield* unpackedFile(source, options);
}

/** Text and gzip are read as they come; what is read from its end is brought here first. */
async function* unpackedObject(url: string, options: UnpackOptions): AsyncGenerator<Uint8Array> {
  const { name, onStored, onPlainSize } = options;
  const { info, bytes } = await objectAt(url).read();
  const { begin, all } = await beginning(toGenerator(bytes));
  const kind = fileKind(begin);
  if (kind === 'text') {
    if (/\.gz$/i.test(url)) throw badGzip(name, 'it does not begin as gzip does');
    onPlainSize?.(info.size);
  }
  if (kind !== 'zip' && kind !== 'parquet') {
    yield* unpackedFile(all, { name, onStored });
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'alambique-object-'));
  try {
    const path = join(folder, 'object');
    await objectAt(path).write(told(all, onStored));
    yield* unpackedFile(path, { ...options, onStored: undefined });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function* toGenerator(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield* bytes;
}

async function* unpackedFile(
  source: string | AsyncIterable<Uint8Array>,
  options: UnpackOptions,
): AsyncGenerator<Uint8Array> {
  const { name, onStored, onPlainSize } = options;
  const path = typeof source === 'string' ? source : undefined;
  let file: FileHandle | undefined;
  try {
    file = path === undefined ? undefined : await open(path);
    const stored = told(file ? fileChunks(file) : (source as AsyncIterable<Uint8Array>), onStored);
    const { begin, all } = await beginning(stored);
    const kind = fileKind(begin);
    if (kind === 'gzip') yield* through(createGunzip({ chunkSize: 1 << 18 }), all, name);
    else if (kind === 'zip') {
      // The directory stands at the end, so that the archive is read twice: once for those who are told of its bytes.
      if (onStored) for await (const _ of all);
      const member = await onlyMember(file, name);
      yield* member === 'workbook' ? workbookBytes(path!, options) : zipContent(file!, member, name);
    } else if (kind === 'parquet' && path !== undefined) {
      if (onStored) for await (const _ of all);
      yield* parquetBytes(path, { name });
    } else if (kind !== 'text') throw notText(kind, name);
    else if (path !== undefined && /\.gz$/i.test(path)) throw badGzip(name, 'it does not begin as gzip does');
    else {
      if (file) onPlainSize?.((await file.stat()).size);
      yield* all;
    }
  } catch (error) {
    if (error instanceof Problem || !isSystemError(error) || error.name === 'AbortError') throw error;
    throw new Problem({
      code: 'csv-unreadable',
      what: 'the file cannot be read',
      where: { file: path ?? name },
      got: error.code,
      remedy: error.code === 'ENOENT' ? 'check the path and the folder it is relative to' : undefined,
    });
  } finally {
    await file?.close();
  }
}

async function* told(
  chunks: AsyncIterable<Uint8Array>,
  tell: ((bytes: Uint8Array) => void) | undefined,
): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    tell?.(chunk);
    yield chunk;
  }
}

/** The first bytes, enough to tell what they are, and all of them with those. */
async function beginning(
  chunks: AsyncGenerator<Uint8Array, void>,
): Promise<{ begin: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  let begin: Uint8Array = new Uint8Array(0);
  while (begin.length < 8) {
    const { value, done } = await chunks.next();
    if (done) break;
    begin = begin.length === 0 ? value : Buffer.concat([begin, value]);
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    if (begin.length > 0) yield begin;
    yield* chunks;
  };
  return { begin, all: all() };
}

async function* through(
  unpack: Transform,
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const copies = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) yield chunk.slice();
  };
  const source = Readable.from(copies());
  source.on('error', (error) => unpack.destroy(error));
  try {
    yield* source.pipe(unpack) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!isSystemError(error) || !error.code.startsWith('Z_')) throw error;
    throw badGzip(name, error.code);
  } finally {
    source.destroy();
  }
}

async function* zipContent(file: FileHandle, member: ZipMember, name: string): AsyncGenerator<Uint8Array> {
  const start = zipContentStart(member, await bytesAt(file, member.header, 30));
  const packed = fileChunks(file, { start, end: start + member.packedSize });
  const content = member.method === 0 ? packed : through(createInflateRaw(), packed, name);
  let checksum = 0;
  let length = 0;
  for await (const chunk of content) {
    checksum = crc32(chunk, checksum);
    length += chunk.length;
    yield chunk;
  }
  if (length !== member.size || checksum >>> 0 !== member.checksum)
    throw damagedZip('its member does not match its checksum');
}

/** The one file in an archive, or the word that it is a workbook. */
async function onlyMember(file: FileHandle | undefined, name: string): Promise<ZipMember | 'workbook'> {
  const { size } = file ? await file.stat() : { size: 0 };
  if (!file || size === 0)
    throw damagedZip('it comes as a stream, and its directory stands at its end; name a file');
  const tailStart = Math.max(0, size - zipTail);
  const directory = findZipDirectory(await bytesAt(file, tailStart, size - tailStart));
  const members = zipMembers(await bytesAt(file, directory.offset, directory.bytes), directory.members);
  const files = members.filter((member) => !/\/$|^__MACOSX\//.test(member.name));
  const names = files.map((member) => member.name);
  if (names.includes('xl/workbook.xml')) return 'workbook';
  const [member] = files;
  if (!member || files.length > 1) {
    throw new Problem({
      code: 'zip-members',
      what: files.length === 0 ? 'the archive holds no file' : `the archive holds ${files.length} files`,
      where: { file: name },
      ...(files.length > 1 && { got: listNames(names) }),
      expected: 'one file',
      remedy: 'unpack it, and name the file that is meant',
    });
  }
  if (member.method !== 0 && member.method !== 8)
    throw damagedZip(`its member is packed by method ${member.method}`);
  if (member.size === 0xffffffff || member.packedSize === 0xffffffff)
    throw damagedZip('its member is larger than 4 GB; unpack it first');
  return member;
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}

const kindWords: Readonly<Record<Exclude<FileKind, 'text' | 'gzip' | 'zip'>, [string, string]>> = {
  'old-excel': ['an Excel workbook of the old kind (.xls)', 'save it as .xlsx or as CSV'],
  parquet: ['a Parquet file that comes as a stream', 'name a file'],
  pdf: ['a PDF', 'ask for the table as CSV'],
};

function notText(kind: keyof typeof kindWords, name: string): Problem {
  const [what, remedy] = kindWords[kind];
  const issue = { code: 'csv-not-text', what: `this is ${what}, not a text file`, where: { file: name } };
  return new Problem({ ...issue, remedy });
}

function badGzip(name: string, got: string): Problem {
  return new Problem({
    code: 'csv-bad-gzip',
    what: 'the compressed bytes are damaged, or they are not gzip',
    where: { file: name },
    got,
  });
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'string';
}
