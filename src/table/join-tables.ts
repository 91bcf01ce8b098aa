/** Puts two tables side by side by a key, and never makes more rows of them than the first one has. */
import { listNames, Problem, show } from '../problem.js';
import { formatNumber } from './print.js';
import { type Column, Table } from './table.js';

/** What `joinTables` takes. */
export interface JoinOptions {
  /** The column that both have, or several of them; where the second calls it otherwise, as `{ client: 'customer_id' }`. */
  on: string | readonly string[] | Readonly<Record<string, string>>;
  /** By default every row of the first table is kept, its new columns missing where the second has no such row; 'matched' leaves those out. */
  keep?: 'all' | 'matched';
}

/**
 * The rows of the first table, each with the columns of the one row of the second that has its key. A missing key matches none.
 *
 * Throws `join-repeated-key` where a key stands in several rows of the second table, for its rows would be multiplied; `join-no-match`
 * where not one key is found; `join-kinds` where a key is a number in one table and a text in the other; `join-repeated-column`
 * where both have another column of one name; `table-unknown-column`.
 *
 * @example
 * const regions = table([categoryColumn('job', ['retired', 'student']), numberColumn('pay', [900, 600])]);
 * joinTables(calls.table, regions, { on: 'job' }).names.at(-1) // → 'pay'
 */
export function joinTables(first: Table, second: Table, { on, keep = 'all' }: JoinOptions): Table {
  const pairs = pairsOf(on);
  checkColumns(first, second, pairs);
  const keyOf = keyReader(pairs.map(([name]) => first.column(name)));
  const rowOf = uniqueRows(first, second, pairs);
  const found = new Int32Array(first.rowCount);
  let matched = 0;
  for (let row = 0; row < found.length; row++) {
    const key = keyOf(row);
    found[row] = key === undefined ? -1 : (rowOf.get(key) ?? -1);
    if (found[row]! >= 0) matched++;
  }
  if (matched === 0 && first.rowCount > 0 && second.rowCount > 0) throw noMatch(first, second, pairs);
  const keys = new Set(pairs.map(([, name]) => name));
  const added = second.columns
    .filter(({ name }) => !keys.has(name))
    .map((column) => takenRows(column, found));
  const wider = new Table([...first.columns, ...added], first.rowCount);
  return keep === 'all'
    ? wider
    : wider.rows(Uint32Array.from(found.keys()).filter((row) => found[row]! >= 0));
}

/** The names of a key in the first and in the second table. */
type Pairs = readonly (readonly [string, string])[];
type Key = string | number;

function pairsOf(on: JoinOptions['on']): Pairs {
  const pairs: Pairs =
    typeof on === 'string'
      ? [[on, on]]
      : Array.isArray(on)
        ? on.map((name: string) => [name, name] as const)
        : Object.entries(on ?? {});
  if (pairs.length > 0) return pairs;
  throw new Problem({
    code: 'join-no-key',
    what: 'nothing says which rows belong together',
    expected: "the column that both tables have, such as { on: 'client' }",
  });
}

function checkColumns(first: Table, second: Table, pairs: Pairs): void {
  const issues = pairs.flatMap(([name, other]) => {
    const [one, two] = [first.column(name), second.column(other)];
    if (one.kind === two.kind) return [];
    return [
      {
        code: 'join-kinds',
        what: `the key holds ${kindWords[one.kind]} in the first table and ${kindWords[two.kind]} in the second`,
        where: { column: name },
        remedy: 'read both as the same kind; a key that names something is text',
      },
    ];
  });
  const keys = new Set(pairs.map(([, other]) => other));
  const both = second.names.filter((name) => !keys.has(name) && first.has(name));
  const repeated = both.map((column) => ({
    code: 'join-repeated-column',
    what: 'both tables have a column of this name',
    where: { column },
    remedy: 'leave it out of one of them, as in orders.pick([…])',
  }));
  if (issues.length + repeated.length > 0) throw new Problem([...issues, ...repeated]);
}

const kindWords: Readonly<Record<Column['kind'], string>> = {
  number: 'numbers',
  category: 'text',
  date: 'dates',
};

/** The key of a row; undefined where a part of it is missing. */
function keyReader(columns: readonly Column[]): (row: number) => Key | undefined {
  const [only] = columns;
  if (columns.length === 1 && only) return (row) => partOf(only, row);
  return (row) => {
    const parts = columns.map((column) => partOf(column, row));
    return parts.includes(undefined) ? undefined : JSON.stringify(parts);
  };
}

function partOf(column: Column, row: number): Key | undefined {
  if (column.kind === 'category') return column.levels[column.codes[row]!];
  const value = column.values[row]!;
  return Number.isNaN(value) ? undefined : value;
}

/** The row of each key. Throws where a key has several. */
function uniqueRows(first: Table, second: Table, pairs: Pairs): ReadonlyMap<Key, number> {
  const keyOf = keyReader(pairs.map(([, name]) => second.column(name)));
  const rowOf = new Map<Key, number>();
  const counts = new Map<Key, number>();
  for (let row = 0; row < second.rowCount; row++) {
    const key = keyOf(row);
    if (key === undefined) continue;
    if (rowOf.has(key)) counts.set(key, (counts.get(key) ?? 1) + 1);
    else rowOf.set(key, row);
  }
  if (counts.size === 0) return rowOf;
  const [key, most] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
  const firstKey = keyReader(pairs.map(([name]) => first.column(name)));
  let rows = 0;
  for (let row = 0; row < first.rowCount; row++) {
    const of = firstKey(row);
    rows += of === undefined ? 1 : (counts.get(of) ?? 1);
  }
  const more = counts.size === 1 ? '' : ` (${formatNumber(counts.size)} keys repeat)`;
  throw new Problem({
    code: 'join-repeated-key',
    what: `the key ${show(key)} stands in ${formatNumber(most)} rows of the second table${more}: of ${formatNumber(first.rowCount)} rows the join would make ${formatNumber(rows)}`,
    where: { column: pairs[0]![1] },
    expected: 'one row a key in the second table',
    remedy:
      'put the table with many rows a key first, or bring it to one row a key: a sum, a count, the latest',
  });
}

function noMatch(first: Table, second: Table, pairs: Pairs): Problem {
  const example = (one: Table, names: readonly string[]): string =>
    show(keyReader(names.map((name) => one.column(name)))(0) ?? null);
  const left = pairs.map(([name]) => name);
  const right = pairs.map(([, name]) => name);
  return new Problem({
    code: 'join-no-match',
    what: `no row of the first table has a key of the second: ${example(first, left)} stands in one, ${example(second, right)} in the other`,
    where: { column: left[0]! },
    expected: `the same values in ${listNames([...new Set([...left, ...right])])}`,
    remedy: 'look at blanks, leading zeros and case',
  });
}

/** The column with these rows of it; -1 is missing. */
function takenRows(column: Column, rows: Int32Array): Column {
  if (column.kind === 'category')
    return { ...column, codes: rows.map((row) => (row < 0 ? -1 : column.codes[row]!)) };
  return {
    ...column,
    values: Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : column.values[row]!)),
  };
}
