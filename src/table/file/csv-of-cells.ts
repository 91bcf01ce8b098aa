/** Writes typed cells of another kind of file as CSV, for the one reader that there is. */
import { Problem } from '../../problem.js';
import { formatDate } from '../date-text.js';

/**
 * The rows as lines of CSV with commas: numbers in their shortest form, days and instants in ISO 8601, `true` and `false`, nothing for
 * null and NaN. Throws `csv-cannot-hold` for a list or an object.
 */
export function csvOfCells(
  rows: Iterable<readonly unknown[]>,
  where: { file: string; names: readonly unknown[] },
): Uint8Array {
  let text = '';
  for (const row of rows) {
    for (let j = 0; j < where.names.length; j++) {
      if (j > 0) text += ',';
      text += field(row[j], () => ({ file: where.file, column: String(where.names[j]) }));
    }
    text += '\n';
  }
  return Buffer.from(text);
}

/** The mark that begins such a text: whatever encoding was stated for files of text, this one is UTF-8. */
export const utf8Mark: Uint8Array = Buffer.from('\ufeff');

function field(cell: unknown, where: () => { file: string; column: string }): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return /[",\r\n\ufeff]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : Object.is(cell, -0) ? '-0' : String(cell);
  if (typeof cell === 'bigint' || typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) return formatDate(cell.getTime());
  throw new Problem({
    code: 'csv-cannot-hold',
    what: `the column holds ${Array.isArray(cell) ? 'lists' : 'structures'}, not single values`,
    where: where(),
    remedy: 'write a file without it, or with a column for each of its values',
  });
}
