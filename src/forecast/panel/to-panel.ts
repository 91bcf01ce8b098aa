/** Sums single sales, such as the lines of invoices, into a panel. */
import { listNames, Problem } from '../../problem.js';
import { number } from '../../schema/column-types.js';
import { formatDate } from '../../table/date-text.js';
import { formatNumber } from '../../table/print.js';
import { categoryColumn, dateColumn, numberColumn, Table } from '../../table/table.js';
import { mondayOf1970, periodOf, periodTime } from './calendar.js';
import { definePanel } from './define-panel.js';
import type { Every } from './panel.js';
import { panelOf } from './panel-of.js';
import type { DeclaredPanel } from './panel-schema.js';
import { isRepeated } from './repeated-lines.js';
import { type Returns, settleReturns } from './returns.js';
import { keyedRows } from './series-keys.js';
import { showPanel } from './show-panel.js';

/** What `toPanel` takes. */
export interface ToPanelOptions {
  /** The columns that name a series. */
  readonly by: string | readonly string[];
  /** The column of dates that says when a line was sold. */
  readonly time: string;
  readonly every: Every;
  /** The column of numbers that is summed up. */
  readonly sum: string;
  /** Lines that are no sale of an article: for a column the texts, or the pattern of texts, that are left out, such as postage and bank charges. */
  readonly except?: Readonly<Record<string, readonly string[] | RegExp>>;
  /** What to do with a line that stands in the table twice, equal in all columns. Must be said where there is one. */
  readonly repeated?: 'drop' | 'keep';
  /**
   * What to do with lines below 0, cancellations and goods that came back. Must be said where there is one. 'ignore' leaves them
   * out; 'subtract' takes them off the period in which they came back; `{ undo: ['customer'] }` takes them off the latest sales
   * before of the same series and customer, so that an order that was cancelled was never demand, and leaves out what has none.
   */
  readonly returns?: Returns;
  /**
   * The first and the last period, where the lines do not reach from its first day to its last: 'drop' (the default), since their sums are too
   * small, or 'keep'.
   */
  readonly partial?: 'drop' | 'keep';
  /** The moment at which the next periods are forecast; by default the end of a period. */
  readonly moment?: string;
}

/** A panel of summed sales, with sentences on what was left out. */
export interface SummedPanel extends DeclaredPanel<never, never, never> {
  readonly notes: readonly string[];
}

/**
 * A panel with the sum of each series and period. A series begins with its first sale and goes to the panel's end; a period
 * without a line is 0. Weeks begin on Monday.
 *
 * Throws `panel-returns` and `panel-repeated-lines` where there are such lines and no option says what to do with them,
 * `panel-missing-key` for a line without an article, a time or a number, `panel-no-values` where nothing is left.
 *
 * @example
 * const lines = table([
 *   categoryColumn('article', ['tea', 'tea', 'POST', 'tea']),
 *   dateColumn('at', [Date.UTC(2026, 0, 1), Date.UTC(2026, 1, 3), Date.UTC(2026, 1, 4), Date.UTC(2026, 2, 31)]),
 *   numberColumn('pieces', [5, 7, 1, 2]),
 * ]);
 * const sums = toPanel(lines, {
 *   ...{ by: 'article', time: 'at', every: 'month', sum: 'pieces' },
 *   except: { article: ['POST'] },
 * });
 * sums.series[0]?.values // → Float64Array(3) [ 5, 7, 2 ]
 */
export function toPanel(table: Table, options: ToPanelOptions): SummedPanel {
  const { time, every, sum, returns, partial = 'drop', moment = `the ${every} has ended` } = options;
  const by = typeof options.by === 'string' ? [options.by] : options.by;
  const notes: string[] = [];
  const note = (count: number, what: string): void => {
    if (count > 0) notes.push(`Left out: ${formatNumber(count)} ${what}.`);
  };
  const wanted = withoutExcepted(table, options);
  note(
    table.rowCount - wanted.rowCount,
    `lines of ${listNames(Object.keys(options.except ?? {}))} that are no article`,
  );
  checkComplete(wanted, [...by, time, sum]);
  const once = withoutRepeated(wanted, options);
  note(wanted.rowCount - once.rowCount, 'lines that stand in the table twice');
  const { amounts, ...settled } = settleReturns(once, { by, time, sum, returns });
  note(settled.ignored, 'returns');
  if (settled.undone > 0) notes.push(`Undone: ${formatNumber(settled.undone)} sales that came back.`);
  const times = once.numbers(time);
  const numbers = times.map((value) => periodOf(value, every));
  const whole = completePeriods(times, every);
  const [from, to] = partial === 'keep' ? [-Infinity, Infinity] : whole.span;
  const long = summedRows(asKeys(once, by), { by, time, sum, amounts, numbers, every, from, to });
  if (partial === 'drop')
    notes.push(...whole.dropped.map((text) => `Left out: the ${every} ${text}, which is not whole.`));
  const integer = long.numbers(sum).every((value) => Number.isInteger(value));
  const schema = definePanel({
    ...{ moment, series: by, time: { kind: 'time', every, name: time } },
    target: number(sum, { integer }),
  });
  return showPanel({ ...panelOf(schema, long, { gaps: 'zero' }), notes });
}

function withoutExcepted(table: Table, { except = {} }: ToPanelOptions): Table {
  const tests = Object.entries(except).map(([name, texts]) => {
    const { codes, levels } = table.categories(name);
    const out = levels.map((level) => (texts instanceof RegExp ? texts.test(level) : texts.includes(level)));
    return (row: number): boolean => out[codes[row]!] === true;
  });
  if (tests.length === 0) return table;
  return table.rows(Uint32Array.from(rowsOf(table)).filter((row) => !tests.some((test) => test(row))));
}

function withoutRepeated(table: Table, { repeated }: ToPanelOptions): Table {
  if (repeated === 'keep') return table;
  const again = isRepeated(table);
  const count = again.reduce((sum, is) => sum + is, 0);
  if (count > 0 && repeated === undefined)
    throw new Problem({
      code: 'panel-repeated-lines',
      what: `${formatNumber(count)} lines stand in the table twice, equal in all columns`,
      where: { row: again.indexOf(1) },
      remedy: "say repeated: 'drop' if they were written twice, or repeated: 'keep' if each is a sale",
    });
  return count === 0 ? table : table.rows(Uint32Array.from(rowsOf(table)).filter((row) => again[row] === 0));
}

function checkComplete(table: Table, names: readonly string[]): void {
  const issues = names.flatMap((name) => {
    const column = table.column(name);
    const row =
      column.kind === 'category'
        ? column.codes.indexOf(-1)
        : column.values.findIndex((value) => Number.isNaN(value));
    return row < 0
      ? []
      : [
          {
            code: 'panel-missing-key',
            what: 'a line lacks a value',
            where: { row, column: name },
            remedy: 'leave such lines out before they are summed up',
          },
        ];
  });
  if (issues.length > 0) throw new Problem(issues);
}

function* rowsOf({ rowCount }: Table): Iterable<number> {
  for (let row = 0; row < rowCount; row++) yield row;
}

/** Columns of numbers among the keys as texts. */
function asKeys(table: Table, by: readonly string[]): Table {
  return by.reduce((made, name) => {
    const column = made.column(name);
    return column.kind === 'category'
      ? made
      : made.with(categoryColumn(name, Array.from(column.values, String)));
  }, table);
}

const dayLong = 86_400_000;

/** The first and the last period that the lines cover from its first day to its last, and those at the ends that they do not. */
function completePeriods(times: Float64Array, every: Every): { span: [number, number]; dropped: string[] } {
  const first = times.reduce((least, time) => Math.min(least, time), Infinity);
  const last = times.reduce((most, time) => Math.max(most, time), -Infinity);
  const [from, to] = [periodOf(first, every), periodOf(last, every)];
  const begin = (number: number): number => periodTime(number, every, mondayOf1970);
  // Of hours and days nothing tells whether they are whole.
  const isFirstPart = every !== 'hour' && first - begin(from) >= dayLong;
  const isLastPart = every !== 'hour' && begin(to + 1) - last > dayLong;
  const parts = [...(isFirstPart ? [from] : []), ...(isLastPart ? [to] : [])];
  return {
    span: [isFirstPart ? from + 1 : from, isLastPart ? to - 1 : to],
    dropped: [...new Set(parts)].map((number) => formatDate(begin(number))),
  };
}

function summedRows(
  table: Table,
  options: Pick<ToPanelOptions, 'time' | 'sum' | 'every'> & {
    by: readonly string[];
    amounts: Float64Array;
    numbers: Float64Array;
    from: number;
    to: number;
  },
): Table {
  const { by, time, sum, every, amounts, numbers, from, to } = options;
  const keyed = keyedRows(table, by);
  const sums = new Map<string, { row: number; number: number; sum: number }>();
  for (let row = 0; row < numbers.length; row++) {
    const period = numbers[row]!;
    if (period < from || period > to || amounts[row] === 0) continue;
    const key = `${keyed.of[row]} ${period}`;
    const cell = sums.get(key);
    if (cell) cell.sum += amounts[row]!;
    else sums.set(key, { row, number: period, sum: amounts[row]! });
  }
  const cells = [...sums.values()];
  const keys = table.pick(by).rows(Uint32Array.from(cells, ({ row }) => row));
  return new Table(
    [
      ...keys.columns,
      dateColumn(
        time,
        Float64Array.from(cells, (cell) => periodTime(cell.number, every, mondayOf1970)),
      ),
      numberColumn(
        sum,
        Float64Array.from(cells, (cell) => cell.sum),
      ),
    ],
    cells.length,
  );
}
