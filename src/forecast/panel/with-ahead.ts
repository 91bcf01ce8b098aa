/** Puts what is known ahead beside the rows of a panel, and appends rows for the periods to come. */
import { IssueList } from '../../table/issue-list.js';
import { joinTables } from '../../table/join-tables.js';
import { type CategoryColumn, type Column, categoryColumn, Table } from '../../table/table.js';
import type { PanelSchema } from './panel-schema.js';
import type { ReadRows } from './read-rows.js';
import { readTimes } from './read-times.js';
import { keyedRows } from './series-keys.js';

/**
 * The rows with the columns of a file of periods: joined by period, and by as many of the series' columns as the file has.
 * Periods after the last of the rows become rows without a value, of every series that they are said of.
 */
export function withAhead(rows: Table, ahead: ReadRows, schema: PanelSchema): Table {
  const { time, series } = schema;
  const by = series.filter((name) => ahead.table.has(name));
  return joinTables(withFuture(rows, ahead, { schema, by }), ahead.table, { on: [time.name, ...by] });
}

function withFuture(
  rows: Table,
  ahead: ReadRows,
  { schema, by }: { schema: PanelSchema; by: readonly string[] },
): Table {
  const { time, series } = schema;
  const [past, next] = [rows.categories(time.name), ahead.table.categories(time.name)];
  const texts = [...past.levels, ...Array.from(next.codes, (code) => next.levels[code] ?? null)];
  const issues = new IssueList(undefined, { once: true });
  const { numbers } = readTimes(categoryColumn(time.name, texts), time, {
    issues,
    where: (row) => (row < past.levels.length ? {} : ahead.where(row - past.levels.length)),
  });
  issues.throwIfAny();
  const last = numbers
    .subarray(0, past.levels.length)
    .reduce((most, number) => Math.max(most, number), -Infinity);
  // A row of every series is repeated with the period of each row that is said of it.
  const keyed = keyedRows(rows, series);
  const aheadKeys = keyedRows(ahead.table, by);
  const coming = new Map<string, number[]>(aheadKeys.keys.map((key) => [JSON.stringify(key), []]));
  for (let row = 0; row < next.codes.length; row++)
    if (numbers[past.levels.length + row]! > last)
      coming.get(JSON.stringify(aheadKeys.keys[aheadKeys.of[row]!]!))!.push(row);
  const [from, to]: [number[], string[]] = [[], []];
  keyed.keys.forEach((key, one) => {
    const said = coming.get(JSON.stringify(key.filter((_, i) => by.includes(series[i]!))));
    for (const row of said ?? []) {
      from.push(keyed.rows[one]!);
      to.push(texts[past.levels.length + row]!);
    }
  });
  if (to.length === 0) return rows;
  return appended(rows, from, {
    to,
    keep: [...series, ...schema.before.map(({ name }) => name)],
    time: past,
  });
}

/** The rows, then these again with other periods; of their columns only those in `keep` have a value there. */
function appended(
  rows: Table,
  from: readonly number[],
  { to, keep, time }: { to: readonly string[]; keep: readonly string[]; time: CategoryColumn },
): Table {
  const indices = Uint32Array.from([...Array(rows.rowCount).keys(), ...from]);
  const columns = rows.rows(indices).columns.map((column): Column => {
    if (column.name === time.name)
      return categoryColumn(column.name, [...Array.from(time.codes, (code) => time.levels[code]!), ...to]);
    if (keep.includes(column.name)) return column;
    if (column.kind === 'category') column.codes.fill(-1, rows.rowCount);
    else column.values.fill(Number.NaN, rows.rowCount);
    return column;
  });
  return new Table(columns, indices.length);
}
