/** Reads the rows of clients from a file, without their outcomes: at night those of the latest are not known. */
import { basename } from 'node:path';
import { checkTable } from '../schema/check-table.js';
import { csvColumn, planOf } from '../schema/column-plan.js';
import type { Source } from '../schema/schema.js';
import { readCsvTable } from '../table/csv/read-csv-table.js';
import type { Dialect } from '../table/dialect.js';
import { Table } from '../table/table.js';
import type { Clients } from './clients.js';

/** The rows, and the file that they stand in. */
export interface ClientRows {
  readonly table: Table;
  readonly source: Pick<Source, 'name' | 'sha256'>;
}

/**
 * The columns that the features need: id, moment, what they read, and outcomes of earlier rows where one reads these, each of
 * which may be empty. The other columns of the file may be there or not. Throws as `readCsv` does.
 */
export async function readClientRows(
  path: string,
  clients: Clients,
  { dialect }: { dialect?: Dialect } = {},
): Promise<ClientRows> {
  const { id, moment, from, features } = clients;
  const { columns, target } = planOf(from);
  const all = [...columns, target];
  const stated = Object.values(features);
  const known = new Set([id, moment, ...stated.flatMap(({ reads }) => reads)]);
  const outcomes = new Set(stated.flatMap(({ readsOutcomes }) => readsOutcomes?.column ?? []));
  const wanted = all.filter(({ name }) => known.has(name) || outcomes.has(name));
  const name = basename(path);
  const read = await readCsvTable(path, {
    columns: wanted.map((plan) => csvColumn(plan)),
    skip: all.map((plan) => plan.name).filter((column) => !known.has(column) && !outcomes.has(column)),
    dialect,
    name,
    oncePerColumn: true,
  });
  const before = checkTable(from, read.table.pick([...known]), {
    want: 'before',
    columns: [...known],
    where: (row) => ({ file: name, line: read.lineOf(row) }),
    oncePerColumn: true,
  });
  const told = read.table.pick([...outcomes]).columns;
  return {
    table: new Table([...before.columns, ...told], before.rowCount),
    source: { name, sha256: read.sha256 },
  };
}
