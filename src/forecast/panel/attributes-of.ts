/** The columns that say the same of a series in all its rows, as a table of one row a series. */
import { Problem, show } from '../../problem.js';
import { type Column, Table } from '../../table/table.js';
import type { PanelColumn } from './panel-schema.js';
import type { KeyedRows } from './series-keys.js';

/**
 * A row for each series, in their order; a value that is missing in some of its rows is taken from the others.
 * Throws `panel-varying-attribute` where a series has two values.
 */
export function attributesOf(rows: Table, columns: readonly PanelColumn[], keyed: KeyedRows): Table {
  const found = columns.map(({ name }) => ({ column: rows.column(name), row: keyed.rows.slice() }));
  const issues = found.flatMap(({ column, row }) => varies(column, row, { rows, keyed }));
  if (issues.length > 0) throw new Problem(issues);
  return new Table(
    found.map(({ column, row }) => new Table([column]).rows(Uint32Array.from(row)).columns[0]!),
    keyed.keys.length,
  );
}

/** Moves each series' row to its first with a value, and says where another differs. */
function varies(column: Column, first: Int32Array, { rows, keyed }: { rows: Table; keyed: KeyedRows }) {
  const values = column.kind === 'category' ? column.codes : column.values;
  const isMissing = (row: number): boolean =>
    !(values[row]! > -Infinity) || (column.kind === 'category' && values[row]! < 0);
  let wrong = -1;
  for (let row = 0; row < values.length; row++) {
    const series = keyed.of[row]!;
    if (isMissing(row) || values[row] === values[first[series]!]!) continue;
    if (isMissing(first[series]!)) first[series] = row;
    else if (wrong < 0) wrong = row;
  }
  if (wrong < 0) return [];
  const { name } = column;
  const series = keyed.of[wrong]!;
  return [
    {
      code: 'panel-varying-attribute',
      what: `${keyed.name(series)} has two values in a column of \`before\``,
      where: { row: wrong, column: name },
      got: `${show(rows.cell(first[series]!, name))} and ${show(rows.cell(wrong, name))}`,
      expected: 'one value a series, the same in all its periods',
      remedy:
        'declare the column in `ahead` if it is known long before its period, or in `after` if it becomes known with it',
    },
  ];
}
