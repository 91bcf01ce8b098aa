/** Rows that equal other rows, exactly or but for a rounding and a column or so: found by hashing codes. */
import { numberColumn, type Table } from '../table/table.js';
import { codeColumn } from './column-profile.js';

/** What counts as a duplicate. */
export interface NearDuplicateOptions {
  /** The columns that must agree; by default all. */
  readonly columns?: readonly string[];
  /** Columns that must agree as well, and may never differ: identifiers. By default none. */
  readonly same?: readonly string[];
  /** How many of `columns` may differ all the same. By default 0. */
  readonly differ?: 0 | 1;
  /** Numbers agree if they do to this many significant digits; by default exactly. */
  readonly digits?: number;
  /** Only these rows count as the other duplicate: the training rows, say. By default all. */
  readonly among?: Uint32Array;
}

/** Which rows have a duplicate, and how many would by chance. */
export interface NearDuplicates {
  /** For each row the first other row that it equals, or -1. */
  readonly duplicateOf: Int32Array;
  /**
   * For each row the probability that some other row equals it if the columns were independent: where a table has
   * few columns of few values, duplicates are no news.
   */
  readonly byChance: Float64Array;
}

/** The duplicates in a table. The time grows with rows × columns (and with columns again where one may differ). */
export function findNearDuplicates(table: Table, options: NearDuplicateOptions = {}): NearDuplicates {
  const may = options.columns ?? table.names;
  const columns = [...may, ...(options.same ?? [])].map((name): CodedColumn => {
    const column = table.column(name);
    const digits = column.kind === 'number' ? options.digits : undefined;
    if (digits === undefined) return coded(codeColumn(column));
    return coded(
      codeColumn(
        numberColumn(
          name,
          table.numbers(name).map((x) => roundTo(x, digits)),
        ),
      ),
    );
  });
  const rowCount = table.rowCount;
  const among = options.among ?? Uint32Array.from({ length: rowCount }, (_, row) => row);
  const duplicateOf = new Int32Array(rowCount).fill(-1);
  const hash = new Int32Array(rowCount);
  for (let j = 0; j < columns.length; j++) {
    const { codes } = columns[j]!;
    for (let i = 0; i < rowCount; i++) hash[i]! += mix(codes[i]!, j);
  }
  link(columns, hash, among, duplicateOf);
  if (options.differ === 1 && may.length > 1) {
    const partial = new Int32Array(rowCount);
    for (let left = 0; left < may.length; left++) {
      const { codes } = columns[left]!;
      for (let i = 0; i < rowCount; i++) partial[i] = hash[i]! - mix(codes[i]!, left);
      link(
        columns.filter((_, j) => j !== left),
        partial,
        among,
        duplicateOf,
      );
    }
  }
  const mayDiffer = options.differ === 1 ? may.length : 0;
  return { duplicateOf, byChance: chanceOfDuplicate(columns, { rowCount, others: among.length, mayDiffer }) };
}

interface CodedColumn {
  readonly codes: Int32Array;
  /** The share of rows with each code; missing last. */
  readonly share: Float64Array;
}

function coded({ codes, size }: { codes: Int32Array; size: number }): CodedColumn {
  const share = new Float64Array(size + 1);
  for (const code of codes) share[code < 0 ? size : code]! += 1 / codes.length;
  return { codes, share };
}

/** Gives every row that has none yet the first other row among `among` with equal codes; open addressing. */
function link(
  columns: readonly CodedColumn[],
  hash: Int32Array,
  among: Uint32Array,
  duplicateOf: Int32Array,
): void {
  const size = 2 ** Math.ceil(Math.log2(2 * among.length + 2));
  const first = new Int32Array(size).fill(-1);
  const second = new Int32Array(size).fill(-1);
  const equal = (a: number, b: number): boolean => columns.every(({ codes }) => codes[a] === codes[b]);
  const slotOf = (row: number): number => {
    let slot = scramble(hash[row]!) & (size - 1);
    while (first[slot]! >= 0 && !(hash[first[slot]!] === hash[row] && equal(first[slot]!, row))) {
      slot = (slot + 1) & (size - 1);
    }
    return slot;
  };
  for (const row of among) {
    const slot = slotOf(row);
    if (first[slot]! < 0) first[slot] = row;
    else if (second[slot]! < 0 && first[slot] !== row) second[slot] = row;
  }
  for (let row = 0; row < duplicateOf.length; row++) {
    if (duplicateOf[row]! >= 0) continue;
    const slot = slotOf(row);
    duplicateOf[row] = first[slot] === row ? second[slot]! : first[slot]!;
  }
}

/** The first `mayDiffer` columns may differ, one of them at a time. */
function chanceOfDuplicate(
  columns: readonly CodedColumn[],
  { rowCount, others, mayDiffer }: { rowCount: number; others: number; mayDiffer: number },
): Float64Array {
  const chance = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    let all = 1;
    let oneLess = 0;
    columns.forEach(({ codes, share }, j) => {
      const p = share[codes[i]! < 0 ? share.length - 1 : codes[i]!]!;
      oneLess = oneLess * p + (j < mayDiffer ? all * (1 - p) : 0);
      all *= p;
    });
    chance[i] = 1 - Math.exp(-others * (all + oneLess));
  }
  return chance;
}

function roundTo(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}

function mix(code: number, column: number): number {
  return scramble(Math.imul(code + 1, 0x9e3779b1) ^ Math.imul(column + 1, 0x85ebca6b));
}

function scramble(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}
