/** Writes typed cells of another kind of file as CSV, for the one reader that there is. */
import { csvOfRows } from '../../io/rows/csv-of-rows.js';
import { formatDate } from '../date-text.js';

/**
 * The rows as lines of CSV with commas: numbers in their shortest form, days and instants in ISO 8601, `true` and `false`, nothing for
 * null and NaN. Throws `csv-cannot-hold` for a list or an object.
 */
export function csvOfCells(
  rows: Iterable<readonly unknown[]>,
  where: { file: string; names: readonly unknown[] },
): Uint8Array {
  return csvOfRows(rows, { ...where, date: (time) => formatDate(time.getTime()) });
}

/** The mark that begins such a text: whatever encoding was stated for files of text, this one is UTF-8. */
export const utf8Mark: Uint8Array = Buffer.from('\ufeff');
