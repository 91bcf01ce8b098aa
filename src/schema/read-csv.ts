/** Reads CSV files of finished cases, as the schema says. */
import { basename } from 'node:path';
import { readCsvTable } from '../table/csv/read-csv-table.js';
import type { Dialect, Separator } from '../table/dialect.js';
import { checkTable, wantedPlans } from './check-table.js';
import { csvColumn } from './column-plan.js';
import { makeDataset } from './dataset.js';
import type { Dataset, Schema } from './schema.js';

export interface ReadCsvOptions<Name extends string = string> {
  /** Short for `dialect: { separator }`, and stronger than that of `dialect`. By default it is found from the header. */
  separator?: Separator;
  /** How the file is written, as `look` finds it or as you know it: encoding, missing texts, decimal commas and so on. */
  dialect?: Dialect;
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
  const name = basename(path);
  const { separator, columns } = options;
  const dialect = separator === undefined ? options.dialect : { ...options.dialect, separator };
  const plans = wantedPlans(schema, { columns });
  const kept = new Set(plans.map((plan) => plan.name));
  const skip = [...schema.columns.map((column) => column.name), schema.target.name];
  const result = await readCsvTable(path, {
    columns: plans.map((plan) => csvColumn(plan)),
    skip: skip.filter((column) => !kept.has(column)),
    dialect,
    name,
    oncePerColumn: true,
  });
  const where = (row: number): { file: string; line: number } => ({ file: name, line: result.lineOf(row) });
  const table = checkTable(schema, result.table, { columns, where, oncePerColumn: true });
  return makeDataset(schema, table, {
    ...{ name, sha256: result.sha256, simulated: false },
    ...(dialect && { dialect }),
  });
}
