/** Checked rows become a Table, as the same rows in a file would. */
import { type Column, categoryColumn, Table } from '../table/table.js';
import type { CheckedRow } from './check-row.js';
import { type ColumnPlan, planOf } from './column-plan.js';
import type { Schema } from './schema.js';

/**
 * The table of the columns known before the moment, one row for each checked row. A category with a closed list has
 * that list as its levels; others have theirs in the order of first appearance.
 */
export function rowsToTable(schema: Schema, rows: readonly CheckedRow[]): Table {
  const columns = planOf(schema).before.map((plan, j) => buildColumn(plan, rows, j));
  return new Table(columns, rows.length);
}

/**
 * A maker of tables of one row, for whoever asks row by row: the same as `rowsToTable` makes, in memory that is used
 * again. Its table is good until the next one is made.
 */
export function oneRowTable(schema: Schema): (row: CheckedRow) => Table {
  const { before } = planOf(schema);
  const columns = before.map(({ name, kind, levels }): Column => {
    if (kind !== 'category') return { kind, name, values: new Float64Array(1) };
    return { kind, name, codes: new Int32Array(1), levels: levels ?? [''] };
  });
  const table = new Table(columns, 1);
  return (row) => {
    for (let j = 0; j < columns.length; j++) {
      const column = columns[j]!;
      const cell = row[j]!;
      if (column.kind !== 'category') column.values[0] = (cell as number | null) ?? Number.NaN;
      else if (before[j]!.codeOf) column.codes[0] = before[j]!.codeOf!.get(cell as string) ?? -1;
      else {
        column.codes[0] = cell === null ? -1 : 0;
        (column.levels as string[])[0] = cell as string;
      }
    }
    return table;
  };
}

function buildColumn(plan: ColumnPlan, rows: readonly CheckedRow[], j: number): Column {
  const { name, kind, codeOf, levels } = plan;
  if (kind !== 'category') {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = (rows[i]![j] as number | null) ?? Number.NaN;
    return { kind, name, values };
  }
  if (codeOf && levels) {
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = codeOf.get(rows[i]![j] as string) ?? -1;
    return { kind, name, codes, levels };
  }
  return categoryColumn(
    name,
    rows.map((row) => row[j] as string | null),
  );
}
