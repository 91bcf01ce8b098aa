/** Writes a row of a table as a client would send it; the way back from `compileRowCheck` and `rowsToTable`. */
import { formatDate } from '../table/date-text.js';
import type { Cell, Table } from '../table/table.js';
import type { Schema } from './schema.js';

/** A request body's row: one field for each column known before the moment; null where the value is missing. */
export type RequestRow = Readonly<Record<string, Cell>>;

/** Row `index` of the table as JSON: numbers and texts as they are, dates in ISO 8601. */
export function requestRow(schema: Schema, table: Table, index: number): RequestRow {
  return Object.fromEntries(
    schema.before.map((name) => {
      const cell = table.cell(index, name);
      return [name, table.column(name).kind === 'date' && typeof cell === 'number' ? formatDate(cell) : cell];
    }),
  );
}
