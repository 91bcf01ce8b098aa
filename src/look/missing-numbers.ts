/** Finds numbers that stand for "no value": -1 where nothing else is negative, 999 far above the rest, 365243 among days. */
import { formatNumber } from '../table/print.js';

/** A number, in how many rows. */
export interface NumberCount {
  readonly value: number;
  readonly rows: number;
}

/** A code and why it is taken for one. */
export interface NumberCode extends NumberCount {
  readonly why: string;
}

const FEWEST_ROWS = 3;
const SHARE = 0.002;
/** A number that is no sequence of nines is a code only where so many rows hold it, so far from all others. */
const OUTLIER_SHARE = 0.01;
const OUTLIER_DISTANCE = 3;
const FEWEST_OTHERS = 10;
/** Nines are far above the rest from this share of the rest's range on. */
const GAP = 0.25;

/** The codes among these values (ascending, each once). Numbers beyond those that are counted stand in them as their extremes. */
export function missingNumbers(ascending: readonly NumberCount[]): readonly NumberCode[] {
  const rows = ascending.reduce((sum, one) => sum + one.rows, 0);
  const codes: NumberCode[] = [];
  let rest = ascending;
  for (;;) {
    const code = highCode(rest, rows) ?? lowCode(rest, rows);
    if (!code) return codes;
    codes.push(code);
    rest = rest.filter(({ value }) => value !== code.value);
  }
}

/** The largest value, where it cannot be one of the others' kind. */
function highCode(ascending: readonly NumberCount[], rows: number): NumberCode | undefined {
  const last = ascending.at(-1);
  const next = ascending.at(-2);
  if (!last || !next || last.rows < Math.max(FEWEST_ROWS, SHARE * rows)) return undefined;
  const range = next.value - ascending[0]!.value;
  const gap = last.value - next.value;
  const nines = /^9{2,}$/.test(String(last.value)) && next.value < last.value;
  if (nines && ascending.length > 2 && gap > GAP * Math.max(range, 1) && gap > 3) {
    return { ...last, why: `all other values are ${formatNumber(next.value)} or less` };
  }
  return isOutlier(last, { gap, range, rows, others: ascending.length - 1 })
    ? { ...last, why: `it lies far above all others, the largest of which is ${formatNumber(next.value)}` }
    : undefined;
}

/** The smallest value, where it cannot be one of the others' kind. */
function lowCode(ascending: readonly NumberCount[], rows: number): NumberCode | undefined {
  const [first, next] = ascending;
  if (!first || !next || first.value >= 0 || first.rows < Math.max(FEWEST_ROWS, SHARE * rows))
    return undefined;
  const range = ascending.at(-1)!.value - next.value;
  if (next.value >= 0 && /^-(?:1|9+)$/.test(String(first.value)) && ascending.length > 3) {
    return { ...first, why: 'it is the only value below 0' };
  }
  const gap = next.value - first.value;
  return isOutlier(first, { gap, range, rows, others: ascending.length - 1 })
    ? { ...first, why: `it lies far below all others, the least of which is ${formatNumber(next.value)}` }
    : undefined;
}

function isOutlier(
  { rows: own }: NumberCount,
  { gap, range, rows, others }: { gap: number; range: number; rows: number; others: number },
): boolean {
  return others >= FEWEST_OTHERS && own >= OUTLIER_SHARE * rows && gap > OUTLIER_DISTANCE * range;
}
