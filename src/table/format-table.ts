/** Rows of text as an aligned plain-text table, for objects that print themselves. */

/** What `formatTable` may be told. */
export interface FormatTableOptions {
  /** Names of the columns; a line of dashes is drawn under them. */
  header?: readonly string[];
  /** By column. Without it, a column whose cells all look like numbers stands to the right. */
  align?: readonly ('left' | 'right')[];
}

/**
 * The rows as lines of equal columns, two spaces apart, without trailing spaces or a final newline. Short rows are
 * filled with empty cells; line breaks and tabs inside a cell become spaces; width counts characters as a terminal does, so far
 * as they take one place.
 */
export function formatTable(rows: readonly (readonly string[])[], options: FormatTableOptions = {}): string {
  const { header } = options;
  const body = rows.map((row) => row.map(oneLine));
  const head = header?.map(oneLine);
  const all = head ? [head, ...body] : body;
  const columnCount = all.reduce((most, row) => Math.max(most, row.length), 0);
  const widths: number[] = [];
  const right: boolean[] = [];
  for (let j = 0; j < columnCount; j++) {
    widths.push(all.reduce((most, row) => Math.max(most, width(row[j] ?? '')), 0));
    const align = options.align?.[j];
    right.push(align ? align === 'right' : looksNumeric(body, j));
  }
  const line = (row: readonly string[]): string =>
    widths
      .map((room, j) => {
        const cell = row[j] ?? '';
        const space = ' '.repeat(room - width(cell));
        return right[j] ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  const lines = body.map(line);
  if (head) lines.unshift(line(head), widths.map((room) => '-'.repeat(room)).join('  '));
  return lines.join('\n');
}

/** A number as people write it: a sign, digits, separators; an empty cell or a dash says nothing either way. */
function looksNumeric(rows: readonly (readonly string[])[], j: number): boolean {
  let found = false;
  for (const row of rows) {
    const cell = row[j] ?? '';
    if (cell === '' || cell === '-' || cell === '–') continue;
    if (!/^[+−-]?[\d,.]*\d(?:e[+-]?\d+)? ?%?$/i.test(cell)) return false;
    found = true;
  }
  return found;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ');
}

function width(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
