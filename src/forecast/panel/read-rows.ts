/** Reads the declared columns of one file, whatever of them it has. */
import { basename } from 'node:path';
import type { Where } from '../../problem.js';
import { csvColumn, planOf } from '../../schema/column-plan.js';
import { readCsvTable } from '../../table/csv/read-csv-table.js';
import type { Dialect } from '../../table/dialect.js';
import type { Table } from '../../table/table.js';
import type { PanelOptions } from './panel-of.js';
import { type PanelSchema, rowSchemaOf } from './panel-schema.js';

/** How the files of a panel are read. */
export interface ReadPanelOptions extends PanelOptions {
  /** How the files are written. */
  readonly dialect?: Dialect;
}

/** A table that was read, and where its rows stand. */
export interface ReadRows {
  readonly table: Table;
  readonly where: (row: number) => Where;
  readonly sha256: readonly string[];
}

/** What a file has of the declared columns; a column that nobody declared is a `Problem`. */
export async function readDeclared(
  path: string,
  schema: PanelSchema,
  { dialect }: ReadPanelOptions,
): Promise<ReadRows> {
  const name = basename(path);
  const plans = planOf(rowSchemaOf(schema)).before.map(csvColumn);
  const names = new Set((await readCsvTable(path, { dialect, name, rows: 1 })).table.names);
  const { table, lineOf, sha256 } = await readCsvTable(path, {
    columns: plans.filter((plan) => names.has(plan.name)),
    ...{ dialect, name, oncePerColumn: true },
  });
  return { table, where: (row) => ({ file: name, line: lineOf(row) }), sha256: [sha256] };
}
