/** The bytes of a file, unpacked where it is packed, without ever holding it whole; what it is is told by its first bytes. */
import { type FileHandle, open } from 'node:fs/promises';
import { Readable, type Transform } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { listNames, Problem } from '../../problem.js';
import { fileChunks } from './file-chunks.js';
import { type FileKind, fileKind } from './file-kind.js';
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
  /** Told how many bytes the file has, where it is not packed. */
  readonly onPlainSize?: (bytes: number) => void;
}

/**
 * The content of a text file, of a gzip file, or of the one member of a ZIP archive; a chunk is overwritten at the next but one.
 * Throws `csv-unreadable` for what cannot be read, `csv-bad-gzip`, `zip-unreadable`, `csv-not-text` for another kind of file.
 */
export async function* unpackedBytes(path: string, options: UnpackOptions): AsyncGenerator<Uint8Array> {
  const { name, onStored, onPlainSize } = options;
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { size } = await file.stat();
    const stored = told(fileChunks(file), onStored);
    const first = await stored.next();
    const all = from(first, stored);
    const kind = first.done ? 'text' : fileKind(first.value);
    if (kind === 'gzip') yield* through(createGunzip({ chunkSize: 1 << 18 }), all, name);
    else if (kind === 'zip') {
      // The directory stands at the end, so that the archive is read twice: once for those who are told of its bytes.
      if (onStored) for await (const _ of all);
      yield* zipContent(file, size, name);
    } else if (kind !== 'text') throw notText(kind, name);
    else if (/\.gz$/i.test(path)) throw badGzip(name, 'it does not begin as gzip does');
    else {
      onPlainSize?.(size);
      yield* all;
    }
  } catch (error) {
    if (error instanceof Problem || !isSystemError(error)) throw error;
    throw new Problem({
      code: 'csv-unreadable',
      what: 'the file cannot be read',
      where: { file: path },
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

async function* from(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.done) return;
  yield first.value;
  yield* rest;
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

async function* zipContent(file: FileHandle, size: number, name: string): AsyncGenerator<Uint8Array> {
  const tailStart = Math.max(0, size - zipTail);
  const directory = findZipDirectory(await bytesAt(file, tailStart, size - tailStart));
  const members = zipMembers(await bytesAt(file, directory.offset, directory.bytes), directory.members);
  const member = onlyMember(members, name);
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

function onlyMember(members: readonly ZipMember[], name: string): ZipMember {
  const files = members.filter((member) => !/\/$|^__MACOSX\//.test(member.name));
  const names = files.map((member) => member.name);
  if (names.includes('xl/workbook.xml')) throw notText('excel', name);
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

const kindWords: Readonly<Record<Exclude<FileKind, 'text' | 'gzip' | 'zip'> | 'excel', [string, string]>> = {
  excel: ['an Excel workbook', 'save the sheet as CSV'],
  'old-excel': ['an Excel workbook of the old kind (.xls)', 'save the sheet as CSV'],
  parquet: ['a Parquet file', 'write the table as CSV'],
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
    what: 'the file is damaged, or not compressed with gzip',
    where: { file: name },
    got,
  });
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'string';
}
