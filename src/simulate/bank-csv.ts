/** A table as CSV text in the form of bank-full.csv: `;` between cells, text in double quotes, LF at the end of lines. */
import type { Column, Table } from '../table/table.js';

/** The text, header first; a missing cell is empty. Reading it back gives the same cells. */
export function formatBankCsv(table: Table): string {
  const { columns, rowCount } = table;
  const cells = columns.map(cellTexts);
  const lines = [columns.map(({ name }) => quote(name)).join(';')];
  for (let row = 0; row < rowCount; row++) lines.push(cells.map((texts) => texts(row)).join(';'));
  return `${lines.join('\n')}\n`;
}

function cellTexts(column: Column): (row: number) => string {
  if (column.kind === 'category') {
    const levels = column.levels.map(quote);
    return (row) => levels[column.codes[row]!] ?? '';
  }
  return (row) => (Number.isNaN(column.values[row]!) ? '' : String(column.values[row]));
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
