/** What is asked of a table, as SQL; every name in it is quoted. */
import type { DatabaseTable } from './database-snapshot.js';

/** What names stand in: '"', or '`' as MySQL has it. */
type Quote = '"' | '`';

/** A name of the catalogue as SQL takes it. */
export function quoted(name: string, quote: Quote = '"'): string {
  return quote + name.replaceAll(quote, quote + quote) + quote;
}

/** Gives these columns of all rows, in the order of the primary key where there is one. */
export function rowsQuery(
  table: DatabaseTable,
  columns: readonly string[],
  { quote }: { quote?: Quote } = {},
): string {
  const [key = []] = table.uniqueKeys;
  const order = key.length > 0 ? ` order by ${listed(key, quote)}` : '';
  return `select ${listed(columns, quote)} from ${placeOf(table, quote)}${order}`;
}

/** Gives one row where two of the table have the same values in these columns, else none. */
export function duplicatesQuery(
  table: DatabaseTable,
  columns: readonly string[],
  { quote }: { quote?: Quote } = {},
): string {
  return `select 1 from ${placeOf(table, quote)} group by ${listed(columns, quote)} having count(*) > 1 limit 1`;
}

function listed(names: readonly string[], quote?: Quote): string {
  return names.map((name) => quoted(name, quote)).join(', ');
}

function placeOf({ schema, name }: DatabaseTable, quote?: Quote): string {
  return schema === '' ? quoted(name, quote) : `${quoted(schema, quote)}.${quoted(name, quote)}`;
}
