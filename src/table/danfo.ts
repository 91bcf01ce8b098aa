/** A Table as a DataFrame of danfojs-node and back, without losing types. The package is handed in, never imported. */
import { Problem } from '../problem.js';
import { formatDate, parseDate } from './date-text.js';
import { type Column, categoryColumn, dateColumn, numberColumn, Table } from './table.js';

/** What is used of a danfo DataFrame. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  readonly dtypes: readonly string[];
  readonly values: unknown;
}

/** What is used of danfojs-node: `import * as danfo from 'danfojs-node'`. */
export interface DanfoModule<Frame extends DanfoFrame = DanfoFrame> {
  readonly DataFrame: new (rows: unknown[][], options: { columns: string[]; dtypes: string[] }) => Frame;
}

/**
 * The table as a DataFrame, for looking around in a notebook. Every column's type is stated, so that nothing is
 * guessed: "007" and "2021-01" stay text. Missing numbers become NaN, missing texts null; days and instants become
 * their ISO 8601 text, as danfo has no dates. Frame → table is `fromDanfo`.
 *
 * Where numbers are missing, danfo's own statistics are not to be believed (1.2.0, measured): `groupby` takes null for
 * 0 (the mean of 1 and null: 0.5), and `describe` of a frame throws. Given NaN, as here, a group's mean and what
 * `describe` says of the column are NaN instead of wrong, while a Series' `mean`, `median` and `std` pass over it and
 * are right. Where it matters ask `describe(table)`, which counts what is missing. Its `plot` needs a browser page.
 *
 * @example
 * toDanfo(calls.table, danfo).columns; // danfo: import * as danfo from 'danfojs-node'
 */
export function toDanfo<Frame extends DanfoFrame>(table: Table, danfo: DanfoModule<Frame>): Frame {
  const cells = table.columns.map(cellsOf);
  const rows = Array.from({ length: table.rowCount }, (_, i) => cells.map((cellAt) => cellAt(i)));
  return new danfo.DataFrame(rows, {
    columns: table.names,
    dtypes: table.columns.map(({ kind }) => (kind === 'number' ? 'float32' : 'string')),
  });
}

/**
 * A DataFrame as a table: its number columns as numbers, all others as text; `dates` names the text columns that hold
 * ISO 8601 days or instants. null, undefined and NaN are missing. Throws `table-danfo` for a column of numbers
 * that holds something else, and for a date that is none.
 *
 * @example
 * fromDanfo(toDanfo(calls.table, danfo)).rowCount // → 600
 */
export function fromDanfo(frame: DanfoFrame, options: { dates?: readonly string[] } = {}): Table {
  const rows = frame.values as readonly (readonly unknown[] | unknown)[];
  const columns = frame.columns.map((name, j): Column => {
    const values = rows.map((row) => (Array.isArray(row) ? (row as unknown[])[j] : row));
    const wrong = (expected: string) => (row: number) =>
      new Problem({
        code: 'table-danfo',
        what: 'a value of the frame does not fit its column',
        where: { row, column: name },
        got: String(values[row]),
        expected,
      });
    if (options.dates?.includes(name))
      return dateColumn(
        name,
        numbersOf(values, (value) => parseDate(String(value)), wrong('an ISO 8601 date')),
      );
    const dtype = frame.dtypes[j];
    if (dtype === 'float32' || dtype === 'int32')
      return numberColumn(name, numbersOf(values, asNumber, wrong('a number')));
    return categoryColumn(
      name,
      values.map((value) => (isMissing(value) ? null : String(value))),
    );
  });
  return new Table(columns, rows.length);
}

function cellsOf(column: Column): (row: number) => unknown {
  if (column.kind === 'category') return (row) => column.levels[column.codes[row]!] ?? null;
  const { values } = column;
  if (column.kind === 'number') return (row) => values[row];
  return (row) => (Number.isNaN(values[row]!) ? null : formatDate(values[row]!));
}

function numbersOf(
  values: readonly unknown[],
  read: (value: unknown) => number,
  problem: (row: number) => Problem,
): Float64Array {
  return Float64Array.from(values, (value, row) => {
    if (isMissing(value)) return Number.NaN;
    const number = read(value);
    if (Number.isNaN(number)) throw problem(row);
    return number;
  });
}

function asNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));
}
