/** Reads CSV files as the schema says: with the target to learn from, or without it to be scored. */
import { basename } from 'node:path';
import type { Separator } from '../table/csv/csv.js';
import { readCsvTable } from '../table/csv/read-csv-table.js';
import type { Table } from '../table/table.js';
import { checkTable, wantedPlans } from './check-table.js';
import { csvColumn } from './column-plan.js';
import { makeDataset } from './dataset.js';
import type { Dataset, Schema, Source } from './schema.js';

export interface ReadCsvOptions<Name extends string = string> {
  /** By default it is found from the header. */
  separator?: Separator;
  /** Texts that this file writes where it means an empty field, such as "NA". */
  blanks?: readonly string[];
  /** Keep only these columns; the target, the order and the group are always kept. */
  columns?: readonly Name[];
}

/**
 * The rows of a CSV file (`.csv`, `.csv.gz`) with their outcomes, checked value by value and brought into time order.
 * Every column of the schema and the target must be in the header, nothing else may be.
 *
 * Throws a `Problem` with all issues at once: `csv-…` for the form of the file, else `schema-…` for its values.
 *
 * @example
 * const calls = await readCsv('calls.csv', bank, { separator: ',' });
 * calls.table.rowCount // → 600
 */
export async function readCsv<Before extends string, Late extends string>(
  path: string,
  schema: Schema<Before, Late>,
  options: ReadCsvOptions<Before | Late> = {},
): Promise<Dataset<Before, Late>> {
  const { table, source } = await readChecked(path, schema, 'all', options);
  return makeDataset(schema, table, source);
}

/** Rows to be scored, and where they stood. */
export interface RowsFile {
  /** The columns known before the moment, in the order of the file. */
  readonly table: Table;
  readonly source: Source;
  /** The 1-based line on which a row begins. */
  lineOf(row: number): number;
}

/**
 * The rows of a CSV file to be scored: only the columns known before the moment. The target and late columns may be
 * in the file (it may hold finished cases) and are passed over. The rows keep the order of the file.
 */
export async function readRows<Before extends string>(
  path: string,
  schema: Schema<Before, string>,
  options: Pick<ReadCsvOptions, 'separator' | 'blanks'> = {},
): Promise<RowsFile> {
  return await readChecked(path, schema, 'before', options);
}

async function readChecked(
  path: string,
  schema: Schema,
  want: 'all' | 'before',
  { separator, blanks, columns }: ReadCsvOptions,
): Promise<RowsFile> {
  const name = basename(path);
  const plans = wantedPlans(schema, { want, columns });
  const kept = new Set(plans.map((plan) => plan.name));
  const skip = [...schema.columns.map((column) => column.name), schema.target.name];
  const result = await readCsvTable(path, {
    columns: plans.map((plan) => csvColumn(plan, blanks)),
    skip: skip.filter((column) => !kept.has(column)),
    separator,
    name,
  });
  const where = (row: number): { file: string; line: number } => ({ file: name, line: result.lineOf(row) });
  return {
    table: checkTable(schema, result.table, { want, columns, where }),
    source: { name, sha256: result.sha256, simulated: false },
    lineOf: result.lineOf,
  };
}
