/** Whether a column names rows rather than describes them: texts that never repeat, counters, drawn numbers. */
import { formatNumber } from '../../table/print.js';
import { percent } from '../../task/percent.js';
import type { ColumnProfile } from '../column-profile.js';

/** Below this many rows nothing can be said. */
const FEWEST_ROWS = 20;
const NEARLY_ALL = 0.95;
/** Ties that chance would bring where there are none: e^-12 is six in a million. */
const MISSED_TIES = 12;

/** What is asked of the rows as a whole. */
interface Rows {
  readonly rowCount: number;
}

/** Why it looks like an identifier, as a clause: "It only ever rises …"; undefined where it does not. */
export function namesRows({ rowCount }: Rows, column: ColumnProfile): string | undefined {
  const present = rowCount - column.rows[column.rows.length - 1]!;
  if (present < FEWEST_ROWS || column.distinct < NEARLY_ALL * present) return undefined;
  if (!column.values) {
    return `${percent(column.distinct / present)} of its texts are different`;
  }
  if (isCounter({ rowCount }, column)) return 'It only ever rises (or falls) from row to row, like a counter';
  if (column.type.kind === 'number' && column.distinct === present) {
    const ties = tiesByChance(column.values);
    if (ties >= MISSED_TIES) {
      return `Its whole numbers never repeat, where chance would repeat about ${formatNumber(Math.round(ties))}`;
    }
  }
  return undefined;
}

function isCounter({ rowCount }: Rows, { codes, distinct }: ColumnProfile): boolean {
  if (distinct !== rowCount) return false;
  const step = Math.sign(codes[1]! - codes[0]!);
  for (let i = 1; i < rowCount; i++) if (Math.sign(codes[i]! - codes[i - 1]!) !== step) return false;
  return true;
}

/**
 * How many pairs of equal values whole numbers of this density would have if drawn independently: n²/2 × the mean
 * density, by spacings of order √n (Vasicek 1976). 0 where a value is not whole. Common factors are divided out.
 */
function tiesByChance(ascending: Float64Array): number {
  const n = ascending.length;
  let factor = 0;
  for (let i = 0; i < n; i++) {
    if (!Number.isSafeInteger(ascending[i])) return 0;
    if (i > 0) factor = greatestCommonDivisor(ascending[i]! - ascending[i - 1]!, factor);
  }
  const order = Math.ceil(Math.sqrt(n));
  let density = 0;
  for (let i = 0; i + order < n; i++) {
    density += (order * factor) / (n * (ascending[i + order]! - ascending[i]!));
  }
  return (((n * n) / 2) * density) / (n - order);
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}
