/** Makes a panel of a long table: a row for each series and period. */
import { createHash } from 'node:crypto';
import type { Where } from '../../problem.js';
import { checkTable } from '../../schema/check-table.js';
import type { Source } from '../../schema/schema.js';
import { formatCsv } from '../../table/csv/format-csv.js';
import { IssueList } from '../../table/issue-list.js';
import { type Column, categoryColumn, type Table } from '../../table/table.js';
import { attributesOf } from './attributes-of.js';
import { seasonsOf } from './calendar.js';
import type { AheadColumn, Periods, Series } from './panel.js';
import { type DeclaredPanel, type PanelColumn, type PanelSchema, rowSchemaOf } from './panel-schema.js';
import { checkGaps, checkRepeated, type Placed, placeRows } from './place-rows.js';
import { readTimes } from './read-times.js';
import { type KeyedRows, keyedRows } from './series-keys.js';
import { showPanel } from './show-panel.js';

/** What a panel's reader needs to know beside the schema. */
export interface PanelOptions {
  /**
   * What a period means that has no row between those that have one: 'zero', nothing was sold, which then also holds from a
   * series' last row to the panel's end; or 'unknown', nobody knows. Must be said where there is such a period.
   */
  readonly gaps?: 'zero' | 'unknown';
}

/** Where the rows came from, for readers of files. */
export interface RowsOrigin {
  readonly source?: Source;
  readonly where?: (row: number) => Where;
}

/**
 * The panel of a table with a row for each series and period, in any order. Rows after the last known value of the target are
 * the future: only what is known `ahead` is read of them. A series goes from its first row to its last.
 *
 * Throws a `Problem` with all issues: `panel-gaps` where periods have no row and `gaps` does not say what that means,
 * `panel-repeated-period`, `panel-off-grid`, `panel-bad-time`, `panel-missing-time`, `panel-varying-attribute`,
 * `panel-no-values`, and `schema-…` for single values.
 *
 * @example
 * const long = table([categoryColumn('ds', ['2026-02', '2026-01', '2026-04']), numberColumn('y', [5, 3, 4])]);
 * const series = definePanel({ moment: 'the month ends', series: [], time: month('ds'), target: number('y') });
 * panelOf(series, long, { gaps: 'zero' }).series[0]?.values // → Float64Array(4) [ 3, 5, 0, 4 ]
 */
export function panelOf<Before extends string, Ahead extends string, Late extends string>(
  schema: PanelSchema<Before, Ahead, Late>,
  table: Table,
  options: PanelOptions & RowsOrigin = {},
): DeclaredPanel<Before, Ahead, Late> {
  const { where = (row): Where => ({ row }) } = options;
  const rowSchema = rowSchemaOf(schema);
  const { time } = schema;
  const rows = checkTable(rowSchema, asTexts(table, schema), { want: 'before', oncePerColumn: true, where });
  const issues = new IssueList(undefined, { once: true });
  const times = readTimes(table.column(time.name), time, { issues, where });
  issues.throwIfAny();
  const keyed = keyedRows(rows, schema.series);
  const place = placeRows(rows.numbers(schema.target.name), times, keyed);
  checkRepeated(place, { keyed, times, where });
  if (options.gaps === undefined) checkGaps(place, keyed, times);
  const { first, count } = place;
  const { every } = times;
  const periods: Periods = { ...(every && { every }), first: times.text(first), count };
  const series = seriesOf(place, { rows, keyed, schema, gaps: options.gaps });
  const counts =
    schema.target.type.integer === true &&
    series.every(({ values }) => values.every((value) => !(value < 0)));
  const varying = (columns: readonly PanelColumn[]): AheadColumn[] =>
    columns.map(({ name }) => aheadColumn(rows.column(name), place, keyed));
  return showPanel<DeclaredPanel<Before, Ahead, Late>>({
    schema,
    source: options.source ?? sourceOf(table),
    periods,
    names: schema.series,
    series,
    seasons: schema.seasons ?? (every === undefined ? [] : seasonsOf[every]),
    counts,
    attributes: attributesOf(rows, schema.before, keyed),
    ahead: varying(schema.ahead),
    late: varying(schema.after),
  });
}

function sourceOf(table: Table): Source {
  const sha256 = createHash('sha256').update(formatCsv(table)).digest('hex');
  return { name: 'table', sha256, simulated: false };
}

/** The table with its keys and periods as texts, as they would stand in a file. */
function asTexts(table: Table, { series, time }: PanelSchema): Table {
  return [...series, time.name].reduce((made, name) => {
    if (!made.has(name) || made.column(name).kind === 'category') return made;
    const cells = Array.from({ length: made.rowCount }, (_, row) => made.cell(row, name));
    return made.with(
      categoryColumn(
        name,
        cells.map((cell) => (cell === null ? null : String(cell))),
      ),
    );
  }, table);
}

function seriesOf(
  { places, count, starts, ends }: Placed,
  parts: { rows: Table; keyed: KeyedRows; schema: PanelSchema; gaps: PanelOptions['gaps'] },
): Series[] {
  const { rows, keyed, schema, gaps } = parts;
  const target = rows.numbers(schema.target.name);
  const stock = schema.available && rows.categories(schema.available.name);
  const series = keyed.keys.map((key, one): Series => {
    const start = starts[one]!;
    const end = gaps === 'zero' && start < count ? count - 1 : ends[one]!;
    const values = new Float64Array(Math.max(0, end - start + 1)).fill(gaps === 'zero' ? 0 : Number.NaN);
    return { key, start, values, ...(stock && { available: new Uint8Array(values.length).fill(1) }) };
  });
  // The column's levels are no, yes: code 0 is out of stock, and what is missing counts as in stock.
  for (let row = 0; row < places.length; row++) {
    const place = places[row]!;
    if (place >= count) continue;
    const { start, values, available } = series[keyed.of[row]!]!;
    values[place - start] = target[row]!;
    if (available && stock!.codes[row] === 0) available[place - start] = 0;
  }
  return series;
}

function aheadColumn(column: Column, { places, reach }: Placed, { of, keys }: KeyedRows): AheadColumn {
  const values = new Float64Array(keys.length * reach).fill(Number.NaN);
  for (let row = 0; row < places.length; row++) {
    const value = column.kind === 'category' ? column.codes[row]! : column.values[row]!;
    values[of[row]! * reach + places[row]!] = column.kind === 'category' && value < 0 ? Number.NaN : value;
  }
  return { name: column.name, values, reach, ...(column.kind === 'category' && { levels: column.levels }) };
}
