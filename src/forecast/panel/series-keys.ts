/** Which series each row of a long table belongs to. */
import type { Table } from '../../table/table.js';

/** The series of a table, in the order of their first rows. */
export interface KeyedRows {
  /** Of each row, the place of its series. */
  readonly of: Int32Array;
  readonly keys: readonly (readonly string[])[];
  /** The first row of each series. */
  readonly rows: Int32Array;
  /** A series in words. */
  name(series: number): string;
}

/** The series that columns of text name; one series where there is no such column. */
export function keyedRows(table: Table, names: readonly string[]): KeyedRows {
  const columns = names.map((name) => table.categories(name));
  const of = new Int32Array(table.rowCount);
  const seen = new Map<number | string, number>();
  const rows: number[] = [];
  const size = columns.reduce((product, { levels }) => product * levels.length, 1);
  for (let row = 0; row < of.length; row++) {
    // A number is found quicker than a text, as long as it can be exact.
    const key =
      size <= Number.MAX_SAFE_INTEGER
        ? columns.reduce((code, { codes, levels }) => code * levels.length + codes[row]!, 0)
        : columns.map(({ codes }) => codes[row]!).join(' ');
    let series = seen.get(key);
    if (series === undefined) {
      series = rows.length;
      seen.set(key, series);
      rows.push(row);
    }
    of[row] = series;
  }
  const keys = rows.map((row) => columns.map(({ codes, levels }) => levels[codes[row]!]!));
  return { of, keys, rows: Int32Array.from(rows), name: (series) => seriesName(keys[series]!, names) };
}

/** A series in words: `store "3", product "milk"`. */
export function seriesName(key: readonly string[], names: readonly string[]): string {
  if (key.length === 0) return 'the series';
  return key.map((text, i) => `${names[i]} "${text}"`).join(', ');
}
