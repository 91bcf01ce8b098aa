/** Reads files with a row for each series and a column for each period, and lays them out as rows of one period each. */
import { basename } from 'node:path';
import { Problem, type Where } from '../../problem.js';
import { csvColumn, planOf } from '../../schema/column-plan.js';
import type { CsvColumn, CsvResult } from '../../table/csv/csv.js';
import { readCsvTable } from '../../table/csv/read-csv-table.js';
import { IssueList } from '../../table/issue-list.js';
import { type CategoryColumn, categoryColumn, numberColumn, type Table } from '../../table/table.js';
import { type PanelSchema, rowSchemaOf } from './panel-schema.js';
import type { ReadPanelOptions, ReadRows } from './read-rows.js';
import { readTimes } from './read-times.js';
import { keyedRows } from './series-keys.js';

/** The rows of a wide file, without its empty fields, and of the one beside it that says what was in stock. */
export async function readWide(
  { wide, available }: { wide: string; available?: string | undefined },
  schema: PanelSchema,
  options: ReadPanelOptions,
): Promise<ReadRows> {
  const sales = await readPeriods(wide, schema, { ...options, kind: 'number' });
  const { result, periods, others } = sales;
  const values = periods.map((period) => result.table.numbers(period));
  const rows: number[] = [];
  const places: number[] = [];
  for (let row = 0; row < result.table.rowCount; row++)
    for (let place = 0; place < periods.length; place++) {
      if (Number.isNaN(values[place]![row]!)) continue;
      rows.push(row);
      places.push(place);
    }
  const taken = result.table.pick(others).rows(Uint32Array.from(rows));
  let table = taken
    .with({ kind: 'category', name: schema.time.name, codes: Int32Array.from(places), levels: periods })
    .with(
      numberColumn(
        schema.target.name,
        Float64Array.from(rows, (row, i) => values[places[i]!]![row]!),
      ),
    );
  const sha256 = [result.sha256];
  if (available !== undefined) {
    const stock = await readPeriods(available, schema, { ...options, kind: 'category' });
    table = table.with(stockOf(stock, { sales, rows, places, schema, files: [wide, available] }));
    sha256.push(stock.result.sha256);
  }
  const name = basename(wide);
  const where = (row: number): Where => ({
    file: name,
    line: result.lineOf(rows[row]!),
    column: periods[places[row]!]!,
  });
  return { table, where, sha256 };
}

interface Wide {
  readonly result: CsvResult;
  /** The names of the columns that are periods, and of the others. */
  readonly periods: readonly string[];
  readonly others: readonly string[];
}

async function readPeriods(
  path: string,
  schema: PanelSchema,
  { dialect, kind }: ReadPanelOptions & { kind: 'number' | 'category' },
): Promise<Wide> {
  const name = basename(path);
  const plans = planOf(rowSchemaOf(schema)).before.map(csvColumn);
  const { names } = (await readCsvTable(path, { dialect, name, rows: 1 })).table;
  const others = plans.filter((plan) => names.includes(plan.name));
  const periods = names.filter((column) => !others.some((plan) => plan.name === column));
  checkPeriods(periods, schema, name);
  const result = await readCsvTable(path, {
    columns: [...others, ...periods.map((column): CsvColumn => ({ name: column, kind }))],
    ...{ dialect, name, oncePerColumn: true },
  });
  return { result, periods, others: others.map((plan) => plan.name) };
}

/** Every column that is not declared must be named by a period. */
function checkPeriods(periods: readonly string[], { time }: PanelSchema, file: string): void {
  const issues = new IssueList(undefined, { once: true });
  readTimes(categoryColumn(time.name, periods), time, { issues, where: () => ({ file, line: 1 }) });
  issues.throwIfAny();
}

/** For each row whether the article was in stock, from the field of its series and period. */
function stockOf(stock: Wide, { sales, rows, places, schema, files }: StockParts): CategoryColumn {
  const name = schema.available?.name;
  if (name === undefined)
    throw new Problem({
      code: 'panel-undeclared-stock',
      what: 'a file says what was in stock, and the schema has no such column',
      where: { file: basename(files[1]) },
      remedy: "declare it: available: yesNo('inStock', { yes: 'True', no: 'False' })",
    });
  const rowOf = new Map(keysOf(stock.result.table, schema).map((key, row) => [key, row]));
  const stockRow = keysOf(sales.result.table, schema).map((key) => rowOf.get(key));
  const lacking = sales.periods.find((period) => !stock.periods.includes(period));
  const lonely = stockRow.indexOf(undefined);
  if (lacking !== undefined || lonely >= 0)
    throw new Problem({
      code: 'panel-unlike-files',
      what:
        lacking !== undefined
          ? `the file has no column "${lacking}", which ${basename(files[0])} has`
          : `the file lacks a series that stands in line ${sales.result.lineOf(lonely)} of ${basename(files[0])}`,
      where: { file: basename(files[1]) },
      expected: 'the same series and periods in both',
    });
  const columns = sales.periods.map((period) => stock.result.table.categories(period));
  return categoryColumn(
    name,
    rows.map((row, i) => {
      const { codes, levels } = columns[places[i]!]!;
      return levels[codes[stockRow[row]!]!] ?? null;
    }),
  );
}

interface StockParts {
  readonly sales: Wide;
  readonly rows: readonly number[];
  readonly places: readonly number[];
  readonly schema: PanelSchema;
  readonly files: readonly [string, string];
}

/** The key of each row of a wide file. */
function keysOf(table: Table, { series }: PanelSchema): string[] {
  const keyed = keyedRows(table, series);
  return Array.from(keyed.of, (one) => JSON.stringify(keyed.keys[one]!));
}
