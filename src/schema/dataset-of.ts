/** Makes a dataset of a table that somebody else made: from danfo, from a database, by hand. */
import { createHash } from 'node:crypto';
import { formatCsv } from '../table/csv/format-csv.js';
import type { Table } from '../table/table.js';
import { checkTable } from './check-table.js';
import { makeDataset } from './dataset.js';
import type { Dataset, Schema } from './schema.js';

/**
 * The rows of a table with their outcomes, checked value by value as a file's are and brought into time order. Its source is
 * the table as CSV, by its hash. Throws a `Problem` with all `schema-…` issues at once.
 *
 * @example
 * datasetOf(bank, fromDanfo(toDanfo(calls.table, danfo)), { name: 'calls from danfo' });
 */
export function datasetOf<Before extends string, Late extends string>(
  schema: Schema<Before, Late>,
  table: Table,
  { name = 'table' }: { name?: string } = {},
): Dataset<Before, Late> {
  const sha256 = createHash('sha256').update(formatCsv(table)).digest('hex');
  return makeDataset(schema, checkTable(schema, table, { oncePerColumn: true }), {
    name,
    sha256,
    simulated: false,
  });
}
