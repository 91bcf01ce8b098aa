/** Rows of a catalogue, one a column, as tables. */

import type { ColumnType } from '../rows/rows.js';
import type { DatabaseColumn, DatabaseTable } from './database-snapshot.js';

/** A column as the query of a catalogue gives it. */
export interface CatalogueColumn {
  readonly schema: string;
  readonly table: string;
  readonly visible: boolean;
  readonly column: string;
  readonly type: string;
  /** The type without its arguments, which tells the kind. */
  readonly base: string;
  readonly nullable: boolean;
}

/** A key as the query of a catalogue gives it; the primary key comes first. */
export interface CatalogueKey {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** The tables in the order of the columns. */
export function gatherTables(
  columns: readonly CatalogueColumn[],
  { keys, kindOf }: { keys: readonly CatalogueKey[]; kindOf: (base: string) => ColumnType },
): DatabaseTable[] {
  const idOf = ({ schema, table }: { schema: string; table: string }): string =>
    JSON.stringify([schema, table]);
  const tables = new Map<string, DatabaseTable & { columns: DatabaseColumn[] }>();
  const keysOf = new Map<string, (readonly string[])[]>();
  for (const key of keys) keysOf.set(idOf(key), [...(keysOf.get(idOf(key)) ?? []), key.columns]);
  for (const row of columns) {
    const id = idOf(row);
    const { schema, table: name, visible: isVisible } = row;
    const table = tables.get(id) ?? {
      schema,
      name,
      isVisible,
      columns: [],
      uniqueKeys: keysOf.get(id) ?? [],
    };
    tables.set(id, table);
    const { column, type, base, nullable } = row;
    table.columns.push({ name: column, type, kind: kindOf(base), nullable });
  }
  return [...tables.values()];
}
