/** Reads what orders are made of: a folder with sales, what was in stock, attributes, and the stock as it stands. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Issue, listNames, Problem } from '../../problem.js';
import { category, number, yesNo } from '../../schema/column-types.js';
import { readCsvTable } from '../../table/csv/read-csv-table.js';
import { parseDate } from '../../table/date-text.js';
import type { Table } from '../../table/table.js';
import { definePanel } from '../panel/define-panel.js';
import type { Panel } from '../panel/panel.js';
import { readPanel } from '../panel/read-panel.js';
import { week } from '../panel/time-types.js';
import type { StockState } from './stock.js';

/** The files of a folder of stock. All but sales and state may be left out. */
export const stockFiles = {
  sales: 'sales.csv',
  inStock: 'in-stock.csv',
  attributes: 'master.csv',
  state: 'state.csv',
} as const;

/** What stands in the folder. */
export interface StockFolder {
  readonly panel: Panel;
  /** The stock of each series of the panel, in its order. */
  readonly state: StockState;
}

const onHandColumn = 'End Inventory';

/**
 * The folder's panel and its stock. Columns of `sales.csv` that are no days name the article; the others are weeks. `state.csv` has
 * `End Inventory`, and `In Transit W+1`, `W+2` … for each period before an order that is placed now can arrive.
 * Throws `order-no-file`, `order-no-key`, `order-unlike-files`, `order-bad-stock`, and what reading a panel throws.
 */
export async function readStockFolder(
  folder: string,
  { leadTime }: { leadTime: number },
): Promise<StockFolder> {
  const path = (name: keyof typeof stockFiles): string => join(folder, stockFiles[name]);
  const lacking = (['sales', 'state'] as const).filter((name) => !existsSync(path(name)));
  if (lacking.length > 0)
    throw new Problem({
      code: 'order-no-file',
      what: `${folder} has no ${listNames(lacking.map((name) => stockFiles[name]))}`,
      expected:
        'a folder with sales.csv and state.csv; in-stock.csv and master.csv as well where there are any',
      remedy: 'name the folder: --data FOLDER',
    });
  const names = (await readCsvTable(path('sales'), { rows: 1 })).table.names;
  const keys = names.filter((name) => Number.isNaN(parseDate(name)));
  if (keys.length === 0 || keys.length === names.length)
    throw new Problem({
      code: 'order-no-key',
      what:
        keys.length === 0
          ? 'no column names the articles'
          : 'no column is named by a day, so there are no sales',
      where: { file: stockFiles.sales, line: 1 },
      expected: 'columns that name the article, such as Store and Product, and one for each week: 2024-04-08',
    });
  const attributes = existsSync(path('attributes')) ? path('attributes') : undefined;
  const others = attributes === undefined ? [] : (await readCsvTable(attributes, { rows: 1 })).table.names;
  const hasStock = existsSync(path('inStock'));
  const schema = definePanel({
    moment: 'the order is placed, after the last week in the file',
    series: keys,
    time: week('the week'),
    target: number('what was sold', { integer: true }),
    ...(hasStock && { available: yesNo('in stock', { yes: 'True', no: 'False' }) }),
    before: Object.fromEntries(
      others.filter((name) => !keys.includes(name)).map((name) => [name, category()]),
    ),
  });
  const files = {
    wide: path('sales'),
    ...(hasStock && { available: path('inStock') }),
    ...(attributes !== undefined && { attributes }),
  };
  const panel = await readPanel(files, schema, { gaps: 'unknown' });
  return { panel, state: await readState(path('state'), { panel, keys, leadTime }) };
}

async function readState(
  path: string,
  { panel, keys, leadTime }: { panel: Panel; keys: readonly string[]; leadTime: number },
): Promise<StockState> {
  const reach = leadTime - 1;
  const transit = Array.from({ length: reach }, (_, i) => `In Transit W+${i + 1}`);
  const numbers = [onHandColumn, ...transit];
  const { table, lineOf } = await readCsvTable(path, {
    columns: [
      ...keys.map((name) => ({ name, kind: 'category' as const })),
      ...numbers.map((name) => ({ name, kind: 'number' as const })),
    ],
    skip: 'any',
    oncePerColumn: true,
  });
  const rows = rowsOf(table, { panel, keys, lineOf });
  const state: StockState = {
    onHand: Float64Array.from(rows, (row) => table.numbers(onHandColumn)[row]!),
    onOrder: Float64Array.from({ length: rows.length * reach }, (_, at) => {
      return table.numbers(transit[at % reach]!)[rows[Math.floor(at / reach)]!]!;
    }),
    reach,
  };
  const issues = rows.flatMap((row): Issue[] =>
    numbers
      .filter((name) => !(table.numbers(name)[row]! >= 0))
      .map((name) => ({
        code: 'order-bad-stock',
        what: Number.isNaN(table.numbers(name)[row]!) ? 'the stock is missing' : 'the stock is below 0',
        where: { file: stockFiles.state, line: lineOf(row), column: name },
        expected: 'a number of at least 0',
      })),
  );
  if (issues.length > 0) throw new Problem(issues.slice(0, 20), issues.length);
  return state;
}

/** The row of each series of the panel. Throws `order-unlike-files` where the two do not have the same articles, once each. */
function rowsOf(
  table: Table,
  { panel, keys, lineOf }: { panel: Panel; keys: readonly string[]; lineOf: (row: number) => number },
): readonly number[] {
  const rowOf = new Map<string, number>();
  const issues: Issue[] = [];
  const add = (what: string, line?: number): void =>
    void issues.push({
      code: 'order-unlike-files',
      what,
      where: { file: stockFiles.state, ...(line && { line }) },
    });
  const sold = new Set(panel.series.map(({ key }) => key.join('\0')));
  for (let row = 0; row < table.rowCount; row++) {
    const key = keys.map((name) => String(table.cell(row, name) ?? ''));
    const text = key.join('\0');
    if (rowOf.has(text)) add(`${key.join(', ')} stands there twice`, lineOf(row));
    else if (!sold.has(text)) add(`${key.join(', ')} is not in ${stockFiles.sales}`, lineOf(row));
    rowOf.set(text, row);
  }
  for (const { key } of panel.series)
    if (!rowOf.has(key.join('\0'))) add(`${key.join(', ')} is missing, which ${stockFiles.sales} has`);
  if (issues.length > 0) throw new Problem(issues.slice(0, 20), issues.length);
  return panel.series.map(({ key }) => rowOf.get(key.join('\0'))!);
}
