/** A schema and its dataset made wider: by columns that no file holds, but that whoever asks will know in time. */
import { type Column, Table } from '../table/table.js';
import { checkTable } from './check-table.js';
import { makeDataset } from './dataset.js';
import { makeSchema } from './define-schema.js';
import type { ColumnTypes, Dataset, Schema } from './schema.js';

/**
 * The schema with these columns too, as known before the moment of prediction: a request must then send them, unless
 * they are `optional`. Throws `schema-…` issues as `defineSchema` does, such as for a name that is taken.
 *
 * @example
 * const paced = extendSchema(bank, { daysOfLast200: number({ unit: 'days', optional: true }) });
 */
export function extendSchema<Before extends string, Late extends string, Added extends string>(
  schema: Schema<Before, Late>,
  before: ColumnTypes<Added>,
): Schema<Before | Added, Late> {
  const added = Object.entries<ColumnTypes<Added>[Added]>(before).map(
    ([name, type]) => ({ name, known: 'before', type }) as const,
  );
  return makeSchema<Before | Added, Late>({ ...schema, columns: [...schema.columns, ...added] });
}

/**
 * The dataset under a wider schema, with the columns that are new in it, a value a row in the order of its rows. They
 * are checked as a file's would be. Throws `schema-…` for values that the schema does not allow and for columns that it
 * does not know, `table-…` for a column of another length or a name that is taken.
 *
 * @example
 * const wider = extendSchema(bank, { weekday: number({ optional: true }) });
 * const weekdays = Array.from(calls.table.numbers('day'), (day) => day % 7);
 * extendDataset(calls, wider, [numberColumn('weekday', weekdays)]);
 */
export function extendDataset<Before extends string, Late extends string>(
  { table, source }: Dataset,
  schema: Schema<Before, Late>,
  columns: readonly Column[],
): Dataset<Before, Late> {
  const wider = new Table([...table.columns, ...columns], table.rowCount);
  return makeDataset(schema, checkTable(schema, wider, { columns: wider.names }), source);
}
