/** Finds the rows of a table that equal an earlier one in every column. */
import type { Table } from '../../table/table.js';

/** 1 for each row that equals an earlier one. */
export function isRepeated({ columns, rowCount }: Table): Uint8Array {
  const cells = columns.map((column) => (column.kind === 'category' ? column.codes : column.values));
  const seen = new Set<string>();
  const repeated = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    let key = '';
    for (const values of cells) key += `${values[row]} `;
    if (seen.has(key)) repeated[row] = 1;
    else seen.add(key);
  }
  return repeated;
}
