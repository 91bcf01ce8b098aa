/** Hands the fields of a file to whoever takes those of a column, as bytes, without a schema and without a table. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Issue } from '../../problem.js';
import type { Dialect } from '../dialect.js';
import { textBytes } from '../file/text-bytes.js';
import type { Column } from '../table.js';
import { CsvReader } from './csv-reader.js';

/** Takes the fields of one column. */
export interface FieldTaker {
  /** Takes `bytes[start … end)`, UTF-8 without quotes; the bytes are overwritten afterwards. Nothing stands for an empty field. */
  push(bytes: Uint8Array, start: number, end: number): void;
}

/** What taking fields may be told. */
export interface TakeFieldsOptions {
  /** How the file is written. The plain road by default. Its missing texts and styles of values are left to the takers. */
  readonly dialect?: Dialect;
  /** Makes the taker of a column; called once for each, in the order of the file, when the header has been read. */
  readonly taker: (name: string) => FieldTaker;
}

/** What came of it. */
export interface TakenFields {
  readonly names: readonly string[];
  readonly rows: number;
  /** SHA-256 of the bytes as they lie on disk, in hex. */
  readonly sha256: string;
  /** Rows that could not be read and were passed over, the first 50 of `issueCount`. */
  readonly issues: readonly Issue[];
  readonly issueCount: number;
}

/**
 * Reads a file to its end, in constant memory. Throws as `readCsvTable` does for a file that cannot be read at all; faults of single rows
 * are told in `issues`.
 *
 * @example
 * let longest = 0;
 * const taker = () => ({ push: (_: Uint8Array, start: number, end: number) => void (longest = Math.max(longest, end - start)) });
 * const { rows } = await takeFields('calls.csv', { taker });
 */
export async function takeFields(path: string, { dialect, taker }: TakeFieldsOptions): Promise<TakenFields> {
  const name = basename(path);
  const reader = new CsvReader(
    { columns: 'texts', dialect, name },
    (column) => new TakerBuilder(column, taker),
  );
  const hash = createHash('sha256');
  const onStored = (bytes: Uint8Array): void => void hash.update(bytes);
  for await (const chunk of textBytes(path, { name, dialect, onStored })) reader.push(chunk);
  reader.end();
  const { issues, names, rowCount: rows } = reader;
  if (names.length === 0) issues.throwIfAny();
  return { names, rows, sha256: hash.digest('hex'), issues: issues.kept, issueCount: issues.total };
}

/** A taker in the place of a builder; it makes no column. */
class TakerBuilder {
  readonly column: { readonly name: string; readonly kind: 'category' };
  readonly #taker: FieldTaker;

  constructor(name: string, make: (name: string) => FieldTaker) {
    this.column = { name, kind: 'category' };
    this.#taker = make(name);
  }

  push(bytes: Uint8Array, start: number, end: number): boolean {
    this.#taker.push(bytes, start, end);
    return true;
  }

  reserve(): void {}

  finish(): Column {
    return { ...this.column, codes: new Int32Array(0), levels: [] };
  }
}
