/** Writes a table as CSV text that reads back as the same table. */
import { type Issue, show } from '../../problem.js';
import { formatDate } from '../date-text.js';
import type { Separator } from '../dialect.js';
import { IssueList } from '../issue-list.js';
import type { Column, Table } from '../table.js';

export interface FormatCsvOptions {
  /** A comma by default. */
  separator?: Separator;
}

/**
 * The table as CSV (RFC 4180 with LF): a header, then a line a row. Numbers in the shortest form that reads back to the
 * same double, dates in ISO 8601, a missing value as an empty field. Fields are quoted where they must be.
 *
 * Throws a `Problem` (`csv-cannot-hold`) for what CSV cannot hold: an infinite number, a date outside the years 0 to 9999,
 * an empty text (it would come back as missing), a text that is not well-formed Unicode.
 *
 * @example
 * formatCsv(table([numberColumn('age', [58, null])])) // → 'age\n58\n""\n'
 */
export function formatCsv(table: Table, options: FormatCsvOptions = {}): string {
  return [...csvParts(table, options)].join('');
}

/** The same text in parts of some thousand rows, for tables that are larger than a string may be. */
export function* csvParts(table: Table, options: FormatCsvOptions = {}): Generator<string> {
  const { separator = ',' } = options;
  const quoted = (text: string): string =>
    /["\r\n\ufeff]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
  const issues = new IssueList();
  const fields = table.columns.map((column) => fieldWriter(column, quoted, issues));
  issues.throwIfAny();
  const lonely = table.columns.length === 1;
  const line = (texts: readonly string[]): string => {
    // A lone empty field would be a blank line.
    return `${lonely && texts[0] === '' ? '""' : texts.join(separator)}\n`;
  };
  yield line(table.names.map(quoted));
  for (let from = 0; from < table.rowCount; from += 8192) {
    const to = Math.min(from + 8192, table.rowCount);
    let part = '';
    for (let row = from; row < to; row++) part += line(fields.map((field) => field(row)));
    issues.throwIfAny();
    yield part;
  }
}

type FieldWriter = (row: number) => string;

function fieldWriter(column: Column, quoted: (text: string) => string, issues: IssueList): FieldWriter {
  const refuse = (row: number, what: string, got: string): void =>
    issues.add((): Issue => ({ code: 'csv-cannot-hold', what, where: { row, column: column.name }, got }));
  if (column.kind === 'category') {
    const texts = column.levels.map(quoted);
    const bad = new Set(
      column.levels.flatMap((level, code) => (level === '' || !isWellFormed(level) ? [code] : [])),
    );
    return (row) => {
      const code = column.codes[row]!;
      if (bad.has(code)) {
        const level = column.levels[code]!;
        refuse(
          row,
          level === '' ? 'an empty text would be read back as missing' : 'the text is not Unicode',
          show(level),
        );
      }
      return code < 0 ? '' : texts[code]!;
    };
  }
  return (row) => {
    const value = column.values[row]!;
    if (Number.isNaN(value)) return '';
    const text = column.kind === 'date' ? formatDate(value) : formatDouble(value);
    if (text === '') refuse(row, `CSV cannot hold this ${column.kind}`, String(value));
    return text;
  };
}

function formatDouble(value: number): string {
  if (!Number.isFinite(value)) return '';
  return Object.is(value, -0) ? '-0' : String(value);
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
