/** A sheet of an Excel workbook (.xlsx) as CSV. The package that reads it is loaded only when a workbook comes; it holds the sheet in memory. */

import { optionalPackage } from '../../optional-package.js';
import { listNames, Problem } from '../../problem.js';
import { csvOfCells, utf8Mark } from './csv-of-cells.js';

/** What reading a workbook may be told. */
export interface WorkbookOptions {
  readonly name: string;
  /** Needed where more than one sheet holds something. */
  readonly sheet?: string;
}

/** In rows: how much is made text at once. */
const rowsAtOnce = 4096;

/** The rows of the sheet. Throws `csv-needs-package`, `csv-sheet` where it cannot be told which sheet is meant, `csv-bad-workbook`. */
export async function* workbookBytes(
  path: string,
  { name, sheet }: WorkbookOptions,
): AsyncGenerator<Uint8Array> {
  const { default: readWorkbook } = await optionalPackage(() => import('read-excel-file/node'), {
    code: 'csv-needs-package',
    what: 'Excel workbooks',
    packages: 'read-excel-file',
    name,
  });
  // A number is kept as the text that the file has: reading it as a double is the reader's work, and its to refuse.
  const sheets = await readWorkbook(path, { trim: false, parseNumber: (text) => new NumberText(text) }).catch(
    (error: unknown) => {
      const what = 'the workbook cannot be read';
      throw new Problem({
        code: 'csv-bad-workbook',
        what,
        where: { file: name },
        got: (error as Error).message,
      });
    },
  );
  const rows = chosen(sheets, { name, sheet });
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const names = Array.from({ length: width }, (_, j) => rows[0]?.[j] ?? `column${j + 1}`);
  yield utf8Mark;
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    yield csvOfCells(rows.slice(from, from + rowsAtOnce).map(plainCells), { file: name, names });
}

class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

interface SheetRows {
  readonly sheet: string;
  readonly data: readonly (readonly unknown[])[];
}

function chosen(sheets: readonly SheetRows[], { name, sheet }: WorkbookOptions): SheetRows['data'] {
  const full = sheets.filter(({ data }) => data.length > 0);
  const found = sheet === undefined ? full[0] : sheets.find((one) => one.sheet === sheet);
  if (found && (sheet !== undefined || full.length === 1)) return found.data;
  const names = full.map((one) => one.sheet);
  throw new Problem({
    code: 'csv-sheet',
    what:
      sheet === undefined
        ? `the workbook has ${full.length} sheets with rows`
        : `the workbook has no sheet "${sheet}"`,
    where: { file: name },
    ...(names.length > 0 && { expected: `one of ${listNames(names, { last: 'or' })}` }),
    ...(names[0] !== undefined && {
      remedy: `state the one that is meant in the dialect, such as { sheet: '${names[0]}' }`,
    }),
  });
}

function plainCells(row: readonly unknown[]): unknown[] {
  return row.map((cell) => (cell instanceof NumberText ? cell.text : cell));
}
