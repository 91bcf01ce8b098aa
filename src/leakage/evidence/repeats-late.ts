/** Whether a column known before says what a late one says: the same order of rows, or a value for each of its values. */
import type { ColumnProfile } from '../column-profile.js';
import type { Subject } from '../subject.js';

/** A late column that is repeated. */
export interface RepeatedColumn {
  readonly column: string;
  /** The rank correlation of two columns of values; 1 where each value of one goes with one value of the other. */
  readonly correlation: number;
}

/** From this rank correlation on one column is the other, rescaled or rounded. */
const SAME = 0.999;
const FEWEST_ROWS = 20;
/** Of texts, this share of rows must hold a value that repeats: else values go together by being single. */
const REPEATED = 0.5;

/** The first late column that this one repeats. */
export function repeatsLate(subject: Subject, column: ColumnProfile): RepeatedColumn | undefined {
  for (const late of subject.columns) {
    if (late.known === 'before' || late === column || late.type.kind === 'id') continue;
    const correlation = sameness(column, late);
    if (Math.abs(correlation) >= SAME) return { column: late.name, correlation };
  }
  return undefined;
}

function sameness(a: ColumnProfile, b: ColumnProfile): number {
  if ((a.values && a.distinct < 3) || (b.values && b.distinct < 3)) return 0;
  const both = rowsOfBoth(a, b);
  if (both.length < FEWEST_ROWS || both.length < a.codes.length / 2) return 0;
  if (a.values && b.values) return rankCorrelation(midRanks(a, both), midRanks(b, both));
  return goTogether(a, b, both) ? 1 : 0;
}

function rowsOfBoth(a: ColumnProfile, b: ColumnProfile): Uint32Array {
  const rows = new Uint32Array(a.codes.length);
  let count = 0;
  for (let row = 0; row < rows.length; row++) {
    if (a.codes[row]! >= 0 && b.codes[row]! >= 0) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

function midRanks({ codes, rows }: ColumnProfile, among: Uint32Array): Float64Array {
  const count = new Uint32Array(rows.length);
  for (const row of among) count[codes[row]!]!++;
  let below = 0;
  const rank = Float64Array.from(count, (n) => {
    below += n;
    return below - n / 2;
  });
  return Float64Array.from(among, (row) => rank[codes[row]!]!);
}

function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const mean = a.length / 2;
  let [cross, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    cross += (a[i]! - mean) * (b[i]! - mean);
    squareA += (a[i]! - mean) ** 2;
    squareB += (b[i]! - mean) ** 2;
  }
  return squareA > 0 && squareB > 0 ? cross / Math.sqrt(squareA * squareB) : 0;
}

/** True where each value of one goes with one value of the other, and values repeat. */
function goTogether(a: ColumnProfile, b: ColumnProfile, among: Uint32Array): boolean {
  const partner = new Map<number, number>();
  const back = new Map<number, number>();
  let repeated = 0;
  for (const row of among) {
    const [x, y] = [a.codes[row]!, b.codes[row]!];
    const known = partner.get(x);
    if (known === undefined && !back.has(y)) {
      partner.set(x, y);
      back.set(y, x);
    } else if (known === y) repeated++;
    else return false;
  }
  return partner.size > 1 && repeated >= REPEATED * among.length;
}
