/** Reads a field of a file as the value that a request body would have for it. */
import { type ColumnPlan, csvColumn } from '../../schema/column-plan.js';
import { columnDialect, isPlainNumber, numberNormalizer } from '../../table/column-dialect.js';
import { ByteDictionary } from '../../table/csv/byte-dictionary.js';
import type { CsvColumn } from '../../table/csv/csv.js';
import { isExact, parseNumber } from '../../table/csv/number-text.js';
import { halveQuotes } from '../../table/csv/unquote.js';
import { formatDate, parseDate } from '../../table/date-text.js';
import type { Dialect } from '../../table/dialect.js';

/** Texts of a column that are kept at once, and their bytes: a column of ids or of letters must not fill the memory. */
const mostTexts = 4096;
const mostTextBytes = 256;

/** What a reader gives for a field that is no value as the dialect writes them. */
export const unreadable: unique symbol = Symbol('unreadable');

export interface ValueReader {
  /** The column, with the format of dates that the file has. */
  readonly column: CsvColumn;
  /** The value in `bytes[start … end)`, which is not empty: a number, a text, a date in ISO 8601; null where a text stands for nothing. */
  read(bytes: Buffer, start: number, end: number, isDoubled: boolean): unknown;
}

/** The reader of a column in a file that is written so. */
export function valueReader(plan: ColumnPlan, dialect: Dialect): ValueReader {
  const style = columnDialect(dialect, plan.name);
  const format = style.date ?? plan.format;
  const column: CsvColumn = { ...csvColumn(plan), format };
  const missing = new Set(style.missing);
  const textOf = textReader(dialect.quote === "'" ? 39 : 34);
  const textual = (read: (text: string) => unknown): ValueReader['read'] => {
    return (bytes, start, end, isDoubled) => {
      const text = textOf(bytes, start, end, isDoubled);
      return missing.has(text) ? null : read(text);
    };
  };
  if (plan.kind === 'category') return { column, read: textual((text) => text) };
  if (plan.kind === 'date') {
    // Without a format of its own the file writes as the schema says, and the checker reads it.
    if (style.date === undefined) return { column, read: textual((text) => text) };
    const read = (text: string): unknown => formatDate(parseDate(text, format)) || unreadable;
    return { column, read: textual(read) };
  }
  if (isPlainNumber(style)) {
    const number: ValueReader['read'] = (bytes, start, end) => {
      const found = parseNumber(bytes, start, end);
      if (!Number.isSafeInteger(found) && !isExact(bytes, start, end)) return unreadable;
      // What is no number stays text, and the schema's checker says what is wrong with it.
      return Number.isNaN(found) ? bytes.toString('utf8', start, end) : found;
    };
    if (missing.size === 0) return { column, read: number };
    return {
      column,
      read: (bytes, ...field) => (missing.has(textOf(bytes, ...field)) ? null : number(bytes, ...field)),
    };
  }
  const normalize = numberNormalizer(style);
  const read = (text: string): unknown => {
    const plain = normalize(text);
    if (plain === undefined) return unreadable;
    const bytes = Buffer.from(plain);
    const found = parseNumber(bytes, 0, bytes.length);
    return Number.isNaN(found) || !isExact(bytes, 0, bytes.length) ? unreadable : found;
  };
  return { column, read: textual(read) };
}

/** Most texts of a column were there before: a text of its own for each cell takes longer than to find the first. */
function textReader(
  quote: number,
): (bytes: Buffer, start: number, end: number, isDoubled: boolean) => string {
  let dictionary = new ByteDictionary();
  const textOf = (bytes: Buffer, start: number, end: number): string => {
    if (end - start > mostTextBytes) return bytes.toString('utf8', start, end);
    if (dictionary.levels.length === mostTexts) dictionary = new ByteDictionary();
    return dictionary.levels[dictionary.codeOf(bytes, start, end)]!;
  };
  return (bytes, start, end, isDoubled) => {
    if (!isDoubled) return textOf(bytes, start, end);
    const halved = Buffer.alloc(end - start);
    return textOf(halved, 0, halveQuotes(bytes, start, end, halved, quote));
  };
}
