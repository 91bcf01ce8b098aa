/** What stands in each column of a table: how much is missing, how many distinct values, where the numbers lie. */
import { formatDate } from './date-text.js';
import { formatNumber } from './print.js';
import { type Sheet, withSheet } from './sheet.js';
import type { CategoryColumn, Column, DateColumn, NumberColumn, Table } from './table.js';

/** A number column. NaN where there is no value (or, for `sd`, fewer than two). */
export interface NumberDescription {
  readonly kind: 'number';
  readonly name: string;
  readonly missing: number;
  readonly distinct: number;
  readonly min: number;
  readonly mean: number;
  /** The middle value, or the mean of the two in the middle. */
  readonly median: number;
  readonly max: number;
  /** Standard deviation of the sample (divided by n - 1). */
  readonly sd: number;
}

/** A date column; milliseconds since 1970-01-01 UTC. */
export interface DateDescription {
  readonly kind: 'date';
  readonly name: string;
  readonly missing: number;
  readonly distinct: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** A text column. */
export interface CategoryDescription {
  readonly kind: 'category';
  readonly name: string;
  readonly missing: number;
  readonly distinct: number;
  /** The most frequent levels, most frequent first, ties in the order of levels; shares of all rows. */
  readonly top: readonly { readonly level: string; readonly count: number; readonly share: number }[];
}

export type ColumnDescription = NumberDescription | DateDescription | CategoryDescription;

/** A table described; prints itself. */
export interface Description {
  readonly rowCount: number;
  readonly columns: readonly ColumnDescription[];
}

/**
 * Describes every column of a table. `top` is how many levels of a text column are listed (3 by default).
 *
 * @example
 * describe(calls.table, { top: 5 }); // a line a column: missing, distinct, mean, quantiles, commonest levels
 */
export function describe(table: Table, options: { top?: number } = {}): Description {
  const description = {
    rowCount: table.rowCount,
    columns: table.columns.map((column) => describeColumn(column, options.top ?? 3)),
  };
  return withSheet<Description>(description, sheetOf);
}

function describeColumn(column: Column, top: number): ColumnDescription {
  return column.kind === 'category' ? describeTexts(column, top) : describeNumbers(column);
}

function describeTexts({ name, codes, levels }: CategoryColumn, top: number): CategoryDescription {
  const counts = new Int32Array(levels.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing++;
    else counts[code]!++;
  }
  const seen = [...counts.keys()].filter((code) => counts[code]! > 0);
  seen.sort((a, b) => counts[b]! - counts[a]! || a - b);
  return {
    kind: 'category',
    name,
    missing,
    distinct: seen.length,
    top: seen.slice(0, top).map((code) => {
      return { level: levels[code]!, count: counts[code]!, share: counts[code]! / codes.length };
    }),
  };
}

function describeNumbers(column: NumberColumn | DateColumn): NumberDescription | DateDescription {
  const { name, kind } = column;
  const values = column.values.filter((value) => !Number.isNaN(value)).sort();
  const missing = column.values.length - values.length;
  let distinct = 0;
  // Welford's recurrence keeps its digits where the mean is large beside the spread.
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (i === 0 || value !== values[i - 1]) distinct++;
    const delta = value - mean;
    mean += delta / (i + 1);
    squares += delta * (value - mean);
  }
  const middle = values.length >> 1;
  const median = values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
  const [min, max] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN];
  if (kind === 'date') return { kind, name, missing, distinct, min, median, max };
  const sd = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Number.NaN;
  return { kind, name, missing, distinct, min, mean: values.length > 0 ? mean : Number.NaN, median, max, sd };
}

function sheetOf({ rowCount, columns }: Description): Sheet {
  const rows = columns.map((column) => {
    const start = [column.name, column.kind, formatNumber(column.missing), formatNumber(column.distinct)];
    if (column.kind === 'category') {
      const top = column.top.map(({ level, share }) => `${level} ${(100 * share).toFixed(1)} %`);
      return [...start, '', '', '', '', '', top.join(', ')];
    }
    const numbers =
      column.kind === 'number'
        ? [column.min, column.mean, column.median, column.max, column.sd].map((value) => formatNumber(value))
        : [formatDate(column.min), '', formatDate(column.median), formatDate(column.max), ''];
    return [...start, ...numbers, ''];
  });
  const header = [
    'column',
    'kind',
    'missing',
    'distinct',
    'min',
    'mean',
    'median',
    'max',
    'sd',
    'most frequent',
  ];
  const align = header.map((name) => (/column|kind|frequent/.test(name) ? 'left' : 'right'));
  return { above: [`${formatNumber(rowCount)} rows × ${columns.length} columns`, ''], header, rows, align };
}
