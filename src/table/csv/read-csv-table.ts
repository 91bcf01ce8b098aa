/** Reads a CSV file, compressed or not, without ever holding it whole. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Problem } from '../../problem.js';
import type { CsvOptions, CsvResult } from './csv.js';
import { CsvReader } from './csv-reader.js';

const chunkSize = 1 << 20;

/**
 * The table in the file at `path`; a name that ends in `.gz` is decompressed on the way. Memory grows with the columns
 * kept, not with the file. Throws a `Problem`: `csv-unreadable`, `csv-bad-gzip`, or every issue of the content at once.
 *
 * @example
 * const { table, lineOf } = await readCsvTable('calls.csv', {
 *   columns: [{ name: 'age', kind: 'number' }, { name: 'job', kind: 'category' }],
 *   skip: 'any',
 * });
 */
export async function readCsvTable(path: string, options: CsvOptions): Promise<CsvResult> {
  const name = options.name ?? basename(path);
  const reader = new CsvReader({ ...options, name });
  const hash = createHash('sha256');
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { size } = await file.stat();
    if (path.endsWith('.gz')) {
      await gunzipInto(
        reader,
        chunksOf(file, (chunk) => hash.update(chunk)),
        name,
      );
    } else {
      let taken = 0;
      for await (const chunk of chunksOf(file, (bytes) => hash.update(bytes))) {
        reader.push(chunk);
        taken += chunk.length;
        // The first chunk tells how long a row is, and so how many there will be.
        if (taken === chunk.length && taken < size)
          reader.reserve(Math.ceil(reader.rowCount * (size / taken) * 1.02));
      }
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
  return { ...reader.finish(), sha256: hash.digest('hex') };
}

/** The file's bytes; a chunk is overwritten at the next but one. The next is read while the caller takes this one. */
async function* chunksOf(file: FileHandle, onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  let [current, next] = [new Uint8Array(chunkSize), new Uint8Array(chunkSize)];
  let reading = file.read(current, 0, chunkSize);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = file.read(next, 0, chunkSize);
      // Its failure is met at the next turn; until then it must not count as unhandled.
      reading.catch(() => {});
      const chunk = current.subarray(0, bytesRead);
      onChunk(chunk);
      yield chunk;
      [current, next] = [next, current];
    }
  } finally {
    await reading.catch(() => {});
  }
}

async function gunzipInto(reader: CsvReader, chunks: AsyncIterable<Uint8Array>, name: string): Promise<void> {
  const copies = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) yield chunk.slice();
  };
  const source = Readable.from(copies());
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) reader.push(chunk as Uint8Array);
  } catch (error) {
    if (!isSystemError(error) || !error.code.startsWith('Z_')) throw error;
    throw new Problem({
      code: 'csv-bad-gzip',
      what: 'the file is damaged, or not compressed with gzip',
      where: { file: name },
      got: error.code,
    });
  }
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'string';
}
