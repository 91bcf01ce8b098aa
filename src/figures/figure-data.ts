/** What figures are made of: the columns of a table, a dataset, a DataFrame of danfojs-node, or arrays by name. */
import { listNames, Problem } from '../problem.js';
import { type DanfoFrame, fromDanfo } from '../table/danfo.js';
import { didYouMean } from '../table/nearest-name.js';
import { type Column, categoryColumn, dateColumn, numberColumn, type Table } from '../table/table.js';

/** Values in the order of rows: null, undefined and NaN are missing. */
export type Values = ArrayLike<number | string | boolean | Date | null | undefined>;

/**
 * What every figure takes: a table, a dataset, danfo's frame or series, arrays by name (`{ age: [58, 44] }`), or, where one
 * column is enough, one array.
 */
export type FigureData =
  | Table
  | { readonly table: Table }
  | DanfoFrame
  | { readonly [column: string]: Values }
  | Values;

/** The names of all columns. */
export function columnNames(data: FigureData): string[] {
  const source = sourceOf(data);
  return source.kind === 'array' ? [] : source.names;
}

/**
 * The column of that name; without one, the only column that there is. Throws `figure-no-column` where none is named, and
 * `figure-unknown-column` for a name that is not there.
 */
export function columnOf(data: FigureData, name: string | undefined): Column {
  const source = sourceOf(data);
  if (source.kind === 'array') return columnFrom(name ?? 'value', source.values);
  const { names } = source;
  const wanted = name ?? (names.length === 1 ? names[0]! : undefined);
  if (wanted === undefined) {
    throw new Problem({
      code: 'figure-no-column',
      what: 'a figure was not told which column to show',
      expected: `one of ${listNames(names, { last: 'or' })}`,
      remedy: `name it, as in { x: ${JSON.stringify(names[0] ?? 'age')} }`,
    });
  }
  if (!names.includes(wanted)) {
    throw new Problem({
      code: 'figure-unknown-column',
      what: 'the data has no such column',
      where: { column: wanted },
      expected: `one of ${listNames(names, { last: 'or' })}`,
      remedy: didYouMean(wanted, names),
    });
  }
  return source.column(wanted);
}

/** How many rows a column has. */
export function rowsOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

/** How many values of a column are missing. */
export function missingOf(column: Column): number {
  const values: ArrayLike<number> = column.kind === 'category' ? column.codes : column.values;
  let count = 0;
  for (let i = 0; i < values.length; i++)
    if (column.kind === 'category' ? values[i]! < 0 : Number.isNaN(values[i]!)) count++;
  return count;
}

type Source =
  | { kind: 'array'; values: Values }
  | { kind: 'columns'; names: string[]; column(name: string): Column };

function sourceOf(data: FigureData): Source {
  if (Array.isArray(data) || ArrayBuffer.isView(data)) return { kind: 'array', values: data as Values };
  const table = isTable(data) ? data : (data as { table?: unknown }).table;
  if (isTable(table)) return { kind: 'columns', names: table.names, column: (name) => table.column(name) };
  if (isFrame(data)) {
    const names = data.columns.map((name) => String(name));
    const column = (name: string): Column => {
      const j = names.indexOf(name);
      const rows = data.values as readonly unknown[];
      const values = rows.map((row) => (Array.isArray(row) ? row[j] : row));
      return fromDanfo({ columns: [name], dtypes: [data.dtypes[j]!], values }).column(name);
    };
    return { kind: 'columns', names, column };
  }
  const arrays = data as { readonly [column: string]: Values };
  return { kind: 'columns', names: Object.keys(arrays), column: (name) => columnFrom(name, arrays[name]!) };
}

function columnFrom(name: string, values: Values): Column {
  const list = Array.from(values);
  const is = (kind: (value: unknown) => boolean): boolean =>
    list.every((value) => value == null || kind(value));
  if (is((value) => typeof value === 'number')) return numberColumn(name, list as (number | null)[]);
  if (is((value) => value instanceof Date))
    return dateColumn(
      name,
      list.map((value) => (value == null ? null : (value as Date).getTime())),
    );
  const isMissing = (value: unknown): boolean =>
    value == null || (typeof value === 'number' && Number.isNaN(value));
  return categoryColumn(
    name,
    list.map((value) => (isMissing(value) ? null : String(value))),
  );
}

// By shape, not by class: a notebook may hold another copy of this package.
function isTable(value: unknown): value is Table {
  const { columns, rowCount } = (value ?? {}) as Partial<Table>;
  return (
    typeof rowCount === 'number' &&
    Array.isArray(columns) &&
    columns.every((one) => typeof one?.kind === 'string')
  );
}

function isFrame(value: unknown): value is DanfoFrame {
  const { columns, dtypes, values } = (value ?? {}) as Partial<DanfoFrame>;
  return Array.isArray(columns) && Array.isArray(dtypes) && Array.isArray(values);
}
