/** Reads a CSV file, packed or not, without ever holding it whole. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { Problem } from '../../problem.js';
import { withDialectHint } from '../detect/dialect-hint.js';
import type { Dialect } from '../dialect.js';
import { textBytes } from '../file/text-bytes.js';
import type { CsvColumn, CsvOptions, CsvResult } from './csv.js';
import { CsvReader } from './csv-reader.js';

/** What reading a file needs to know. */
export interface ReadCsvTableOptions extends Omit<CsvOptions, 'columns'> {
  /** The columns to keep; without it all that the file has, as texts. */
  readonly columns?: readonly CsvColumn[];
  /** Only so many rows, the first ones. */
  readonly rows?: number;
}

/**
 * The table in the file at `path`: text, or text packed as gzip or as the one member of a ZIP archive. Memory grows with the columns
 * kept, not with the file. Throws a `Problem`: `csv-unreadable`, `csv-bad-gzip`, `zip-…`, `csv-not-text`, or every issue of the
 * content at once.
 *
 * @example
 * const { table, lineOf } = await readCsvTable('calls.csv', {
 *   columns: [{ name: 'age', kind: 'number' }, { name: 'job', kind: 'category' }],
 *   skip: 'any',
 * });
 * (await readCsvTable('calls.csv', { rows: 3 })).table.rowCount // → 3
 */
export async function readCsvTable(path: string, options: ReadCsvTableOptions = {}): Promise<CsvResult> {
  const name = options.name ?? basename(path);
  const { rows = Infinity, columns = 'texts' } = options;
  const reader = new CsvReader({ ...options, columns, name });
  const hash = createHash('sha256');
  let size = 0;
  let taken = 0;
  let isCut = false;
  const chunks = textBytes(path, {
    name,
    dialect: options.dialect,
    onStored: (bytes) => hash.update(bytes),
    onPlainSize: (bytes) => {
      size = bytes;
    },
  });
  for await (const chunk of chunks) {
    // What is left of the file is read for its hash alone.
    if (isCut) continue;
    reader.push(chunk);
    taken += chunk.length;
    isCut = reader.rowCount >= rows;
    // The first chunk tells how long a row is, and so how many there will be.
    if (!isCut && taken === chunk.length && taken < size)
      reader.reserve(Math.ceil(reader.rowCount * (size / taken) * 1.02));
  }
  const result = await finished(reader, { isCut, path, name, stated: options.dialect });
  return { ...result, table: isCut ? result.table.slice(0, rows) : result.table, sha256: hash.digest('hex') };
}

/** The table, or the problem with what the file's bytes say of their dialect. */
async function finished(
  reader: CsvReader,
  { isCut, ...file }: { isCut: boolean; path: string; name: string; stated: Dialect | undefined },
): Promise<ReturnType<CsvReader['finish']>> {
  try {
    return reader.finish({ isCut });
  } catch (error) {
    throw error instanceof Problem ? await withDialectHint(error, file) : error;
  }
}
