/**
 * Columns of values, immutable by convention; knows nothing of what they mean.
 * Long, because columns of each kind and the table of them are one concept.
 */
import { listNames, Problem } from '../problem.js';
import { formatDate } from './date-text.js';
import { didYouMean } from './nearest-name.js';
import { formatNumber, print } from './print.js';
import { type Sheet, sheetHtml, sheetText } from './sheet.js';

/** Numbers; a missing one is NaN. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
}

/** Instants in milliseconds since 1970-01-01 UTC; a missing one is NaN. */
export interface DateColumn {
  readonly kind: 'date';
  readonly name: string;
  readonly values: Float64Array;
}

/** Text, dictionary-coded: row i says `levels[codes[i]]`; a missing one has code -1. */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumberColumn | DateColumn | CategoryColumn;

/** A cell as a value: a number (or instant), a text, or null where it is missing. */
export type Cell = number | string | null;

/** Named columns of equal length. Make one with `table(columns)`. */
export class Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
  readonly #byName: ReadonlyMap<string, Column>;

  constructor(columns: readonly Column[], rowCount?: number) {
    this.columns = columns;
    this.#byName = new Map(columns.map((column) => [column.name, column]));
    this.rowCount = rowCount ?? (columns[0] ? columnLength(columns[0]) : 0);
    const repeated = columns.filter((column) => this.#byName.get(column.name) !== column);
    const uneven = columns.filter((column) => columnLength(column) !== this.rowCount);
    if (repeated.length > 0 || uneven.length > 0) {
      throw new Problem([
        ...repeated.map(({ name }) => ({
          code: 'table-repeated-column',
          what: 'two columns have this name',
          where: { column: name },
        })),
        ...uneven.map((column) => ({
          code: 'table-uneven-columns',
          what: `the column has ${columnLength(column)} rows`,
          where: { column: column.name },
          expected: `${this.rowCount}, as the first column has`,
        })),
      ]);
    }
  }

  get names(): string[] {
    return this.columns.map((column) => column.name);
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** The column of that name. Throws `table-unknown-column`. */
  column(name: string): Column {
    const column = this.#byName.get(name);
    if (!column) {
      throw new Problem({
        code: 'table-unknown-column',
        what: 'the table has no such column',
        where: { column: name },
        expected: `one of ${listNames(this.names, { last: 'or' })}`,
        remedy: didYouMean(name, this.names),
      });
    }
    return column;
  }

  /** The values of a number or date column; NaN where missing. Throws `table-wrong-kind` for text. */
  numbers(name: string): Float64Array {
    const column = this.column(name);
    if (column.kind === 'category') throw wrongKind(column, 'numbers');
    return column.values;
  }

  /** A text column. Throws `table-wrong-kind` for numbers and dates. */
  categories(name: string): CategoryColumn {
    const column = this.column(name);
    if (column.kind !== 'category') throw wrongKind(column, 'text');
    return column;
  }

  /** These rows, in this order; a row may come twice. */
  rows(indices: Uint32Array): Table {
    return new Table(
      this.columns.map((column) => takeRows(column, indices)),
      indices.length,
    );
  }

  /** Rows `from` (inclusive) to `to` (exclusive); shares memory with this table. */
  slice(from: number, to: number = this.rowCount): Table {
    const start = Math.min(Math.max(0, from), this.rowCount);
    const end = Math.min(Math.max(start, to), this.rowCount);
    const columns = this.columns.map(
      (column): Column =>
        column.kind === 'category'
          ? { ...column, codes: column.codes.subarray(start, end) }
          : { ...column, values: column.values.subarray(start, end) },
    );
    return new Table(columns, end - start);
  }

  /** Only these columns, in this order. */
  pick(names: readonly string[]): Table {
    return new Table(
      names.map((name) => this.column(name)),
      this.rowCount,
    );
  }

  /** With this column added, or put in the place of the one of its name. */
  with(column: Column): Table {
    const columns = this.has(column.name)
      ? this.columns.map((old) => (old.name === column.name ? column : old))
      : [...this.columns, column];
    return new Table(columns, this.rowCount);
  }

  /** The cell as a value. */
  cell(row: number, name: string): Cell {
    return cellOf(this.column(name), row);
  }

  /** Row `index` as an object, in the order of the columns. */
  row(index: number): Record<string, Cell> {
    return Object.fromEntries(this.columns.map((column) => [column.name, cellOf(column, index)]));
  }
}

// Not a method in the class: the declaration of a computed name could not be written for other compilers.
Object.defineProperty(Table.prototype, print, {
  value(this: Table): string {
    return formatTableHead(this);
  },
});

Object.defineProperty(Table.prototype, 'toHtml', {
  value(this: Table): string {
    return sheetHtml(tableHead(this));
  },
});

/** The first rows of a table, and its shape. */
export function tableHead(table: Table, options: { rows?: number } = {}): Sheet {
  const shown = Math.min(options.rows ?? 8, table.rowCount);
  const more = shown < table.rowCount ? '… ' : '';
  return {
    header: table.names,
    rows: Array.from({ length: shown }, (_, row) => table.columns.map((column) => cellText(column, row))),
    align: table.columns.map(({ kind }) => (kind === 'number' ? 'right' : 'left')),
    below: [`${more}${formatNumber(table.rowCount)} rows × ${table.columns.length} columns`],
  };
}

/** The first rows of a table as a text, and its shape. */
export function formatTableHead(table: Table, options: { rows?: number } = {}): string {
  return sheetText(tableHead(table, options));
}

function cellText(column: Column, row: number): string {
  const cell = cellOf(column, row);
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell.length > 24 ? `${cell.slice(0, 23)}…` : cell;
  return column.kind === 'date' ? formatDate(cell) : String(cell);
}

/**
 * A table of these columns. Throws `table-repeated-column` or `table-uneven-columns`.
 *
 * @example
 * table([numberColumn('age', [58, 44]), categoryColumn('job', ['retired', 'student'])]).rowCount // → 2
 */
export function table(columns: readonly Column[]): Table {
  return new Table(columns);
}

/**
 * A number column; `null`, `undefined` and NaN are missing.
 *
 * @example
 * numberColumn('age', [58, null, 44]);
 */
export function numberColumn(name: string, values: Float64Array | readonly (number | null)[]): NumberColumn {
  return { kind: 'number', name, values: asNumbers(values) };
}

/**
 * A date column from milliseconds since 1970-01-01 UTC.
 *
 * @example
 * dateColumn('day', [Date.UTC(2026, 10, 28), null]);
 */
export function dateColumn(name: string, values: Float64Array | readonly (number | null)[]): DateColumn {
  return { kind: 'date', name, values: asNumbers(values) };
}

/**
 * A text column; levels stand in the order in which they first appear.
 *
 * @example
 * categoryColumn('job', ['retired', null, 'student']);
 */
export function categoryColumn(name: string, values: readonly (string | null)[]): CategoryColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null || value === undefined) return -1;
    let code = codeOf.get(value);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(value, code);
    }
    return code;
  });
  return { kind: 'category', name, codes, levels: [...codeOf.keys()] };
}

/** How many rows a column has. */
export function columnLength(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

function takeRows(column: Column, indices: Uint32Array): Column {
  if (column.kind === 'category') {
    const codes = new Int32Array(indices.length);
    for (let i = 0; i < indices.length; i++) codes[i] = column.codes[indices[i]!]!;
    return { ...column, codes };
  }
  const values = new Float64Array(indices.length);
  for (let i = 0; i < indices.length; i++) values[i] = column.values[indices[i]!]!;
  return { ...column, values };
}

function cellOf(column: Column, row: number): Cell {
  if (column.kind === 'category') return column.levels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row];
  return value === undefined || Number.isNaN(value) ? null : value;
}

function asNumbers(values: Float64Array | readonly (number | null)[]): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values, (value) => value ?? Number.NaN);
}

function wrongKind(column: Column, wanted: string): Problem {
  return new Problem({
    code: 'table-wrong-kind',
    what: `the column holds ${column.kind === 'category' ? 'text' : `${column.kind}s`}`,
    where: { column: column.name },
    expected: wanted,
  });
}
