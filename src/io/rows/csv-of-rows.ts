/** Writes typed cells as CSV (RFC 4180 with LF). The rule for what is not there is PostgreSQL's: nothing stands for null, `""` for an empty text. */
import { Problem } from '../../problem.js';

/** Where the rows are from, for sentences, and what is peculiar to them. */
export interface CsvOfRowsOptions {
  readonly file: string;
  readonly names: readonly unknown[];
  /** How a `Date` is written; ISO 8601 to the millisecond by default. */
  readonly date?: (time: Date) => string;
}

/**
 * The rows as lines of CSV with commas: numbers in their shortest form, `true` and `false`, nothing for null and NaN. Throws
 * `csv-cannot-hold` for a list or an object.
 */
export function csvOfRows(rows: Iterable<readonly unknown[]>, options: CsvOfRowsOptions): Uint8Array {
  const { names } = options;
  let text = '';
  for (const row of rows) {
    for (let j = 0; j < names.length; j++) {
      if (j > 0) text += ',';
      text += field(row[j], options, j);
    }
    text += '\n';
  }
  return Buffer.from(text);
}

function field(cell: unknown, options: CsvOfRowsOptions, column: number): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') {
    if (cell === '') return '""';
    return /[",\r\n\ufeff]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : Object.is(cell, -0) ? '-0' : String(cell);
  if (typeof cell === 'bigint' || typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) return options.date ? options.date(cell) : cell.toISOString();
  throw new Problem({
    code: 'csv-cannot-hold',
    what: `the column holds ${Array.isArray(cell) ? 'lists' : 'structures'}, not single values`,
    where: { file: options.file, column: String(options.names[column]) },
    remedy: 'write a file without it, or with a column for each of its values',
  });
}
