/** A column reduced to codes and counts: which distinct value each row holds, and how many rows hold it. */
import type { ColumnType } from '../schema/column-types.js';
import type { Moment } from '../schema/schema.js';
import type { Column } from '../table/table.js';

/** What every statistical check works on; made once for each column of an audit. */
export interface ColumnProfile {
  readonly name: string;
  readonly known: Moment;
  readonly type: ColumnType;
  /** Row i holds distinct value `codes[i]`; -1 where it is missing. Numbers and dates are coded in ascending order. */
  readonly codes: Int32Array;
  /** The distinct values, ascending; undefined for text. */
  readonly values: Float64Array | undefined;
  /** How many rows hold each code; the last entry counts the missing ones. */
  readonly rows: Uint32Array;
  /** How many different values occur, missing apart. */
  readonly distinct: number;
  /** A code as people write it: "may", "-1", "2010-11-17", "missing". */
  nameOf(code: number): string;
}

/** Profiles one column. */
export function profileColumn(column: Column, about: { known: Moment; type: ColumnType }): ColumnProfile {
  const { codes, values, size } = codeColumn(column);
  const rows = new Uint32Array(size + 1);
  for (const code of codes) rows[code < 0 ? size : code]!++;
  let distinct = 0;
  for (let code = 0; code < size; code++) if (rows[code]! > 0) distinct++;
  const nameOf = (code: number): string => {
    if (code < 0 || code >= size) return 'missing';
    if (column.kind === 'category') return column.levels[code]!;
    if (column.kind === 'date') return new Date(values![code]!).toISOString().replace(/T00:00:00\.000Z$/, '');
    return String(values![code]!);
  };
  return { name: column.name, ...about, codes, values, rows, distinct, nameOf };
}

/** The sums of `values` (one a row) over the rows of each code; the last entry is that of the missing ones. */
export function sumByCode({ codes, rows }: ColumnProfile, values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(rows.length);
  const missing = rows.length - 1;
  for (let i = 0; i < codes.length; i++) sums[codes[i]! < 0 ? missing : codes[i]!]! += values[i]!;
  return sums;
}

/** The codes of a column: text keeps its own; numbers and dates get the rank of their distinct value. */
export function codeColumn(column: Column): {
  codes: Int32Array;
  values: Float64Array | undefined;
  size: number;
} {
  if (column.kind === 'category') {
    return { codes: column.codes, values: undefined, size: column.levels.length };
  }
  const values = distinctAscending(column.values);
  const codes = new Int32Array(column.values.length);
  for (let i = 0; i < codes.length; i++) codes[i] = rankOf(column.values[i]!, values);
  return { codes, values, size: values.length };
}

function distinctAscending(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  let kept = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (kept === 0 || sorted[i]! !== sorted[kept - 1]!) sorted[kept++] = sorted[i]!;
  }
  return sorted.slice(0, kept);
}

function rankOf(value: number, ascending: Float64Array): number {
  if (Number.isNaN(value)) return -1;
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
