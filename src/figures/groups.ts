/** Rows in groups by the values of a column: its levels, its few numbers, or ranges of equally many rows. */
import { quantile, sortedValues } from '../features/quantile.js';
import { formatDate } from '../table/date-text.js';
import { formatNumber } from '../table/print.js';
import type { Column } from '../table/table.js';
import { rowsOf } from './figure-data.js';

/** Groups of rows. */
export interface Groups {
  readonly names: readonly string[];
  /** The group of each row. */
  readonly codes: Int32Array;
  /** Whether the groups stand in an order of their own, that of numbers or dates. */
  readonly isOrdered: boolean;
}

/** The name of the group of rows without a value. */
export const MISSING = '(missing)';
/** A column of at most so many different numbers is shown by each of them. */
const fewNumbers = 12;

/** At most `most` levels by their frequency, and the rest as one; numbers and dates in about `bins` ranges. */
export function groupsOf(
  column: Column,
  { bins = 10, most = 20 }: { bins?: number; most?: number } = {},
): Groups {
  return column.kind === 'category' ? levelGroups(column, most) : rangeGroups(column, bins);
}

function levelGroups({ codes, levels }: Column & { kind: 'category' }, most: number): Groups {
  const counts = levels.map(() => 0);
  let missing = 0;
  for (const code of codes) code < 0 ? missing++ : counts[code]!++;
  const order = levels
    .map((_, code) => code)
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b);
  const own = order.length > most ? order.slice(0, most - 1) : order;
  const others = order.length - own.length;
  const names = own.map((code) => levels[code]!);
  if (others > 0) names.push(`${formatNumber(others)} other levels`);
  if (missing > 0) names.push(MISSING);
  const groupOf = new Map(own.map((code, group) => [code, group]));
  return {
    names,
    codes: codes.map((code) => (code < 0 ? names.length - 1 : (groupOf.get(code) ?? own.length))),
    isOrdered: false,
  };
}

function rangeGroups(column: Column & { kind: 'number' | 'date' }, bins: number): Groups {
  const { kind, values } = column;
  const text = (value: number): string => (kind === 'date' ? formatDate(value) : formatNumber(value, 4));
  const sorted = sortedValues(values);
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const isEach = distinct.length <= fewNumbers;
  const edges = isEach
    ? [...distinct]
    : [...new Set(Array.from({ length: bins }, (_, k) => quantile(sorted, k, bins)))];
  const isWhole = kind === 'number' && distinct.every(Number.isInteger);
  // An edge between two whole numbers is no number of the column: the next one is.
  const from = isWhole ? [...new Set(edges.map(Math.ceil))] : edges;
  const names = from.map((edge, k) => {
    if (isEach) return text(edge);
    const last = k === from.length - 1;
    const to = last ? sorted[sorted.length - 1]! : isWhole ? from[k + 1]! - 1 : from[k + 1]!;
    return edge === to ? text(edge) : `${text(edge)} to ${text(to)}`;
  });
  const missing = rowsOf(column) - sorted.length;
  if (missing > 0) names.push(MISSING);
  const codes = Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return names.length - 1;
    let [low, high] = [0, from.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (from[middle]! <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  });
  return { names, codes, isOrdered: true };
}
