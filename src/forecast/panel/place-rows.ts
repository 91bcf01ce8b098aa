/** Places the rows of a long table on the periods of their series, and finds periods that come twice or not at all. */
import { Problem, type Where } from '../../problem.js';
import { IssueList } from '../../table/issue-list.js';
import { formatNumber } from '../../table/print.js';
import type { Times } from './read-times.js';
import type { KeyedRows } from './series-keys.js';

/** Where each row belongs. */
export interface Placed {
  /** The number of the panel's first period, and how many there are up to the last known value. */
  readonly first: number;
  readonly count: number;
  /** Of each row, from the panel's first period. */
  readonly places: Int32Array;
  /** How many periods the rows reach from the first, the future counted. */
  readonly reach: number;
  /** The first and the last place of each series' rows; the last is below the first where all lie in the future. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Places the rows; throws `panel-no-values` where no value is known. */
export function placeRows(target: Float64Array, { numbers }: Times, { of, keys }: KeyedRows): Placed {
  let [first, last, furthest] = [Infinity, -Infinity, -Infinity];
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row]!;
    if (number < first) first = number;
    if (number > furthest) furthest = number;
    if (number > last && !Number.isNaN(target[row]!)) last = number;
  }
  if (last === -Infinity)
    throw new Problem({
      code: 'panel-no-values',
      what: target.length === 0 ? 'the table has no row' : 'not one value of the target is known',
      remedy: 'give at least one',
    });
  const places = Int32Array.from(numbers, (number) => number - first);
  const count = last - first + 1;
  const starts = new Int32Array(keys.length).fill(count);
  const ends = new Int32Array(keys.length).fill(-1);
  for (let row = 0; row < places.length; row++) {
    const [one, place] = [of[row]!, places[row]!];
    if (place >= count) continue;
    if (place < starts[one]!) starts[one] = place;
    if (place > ends[one]!) ends[one] = place;
  }
  return { first, count, places, reach: furthest - first + 1, starts, ends };
}

/** Throws `panel-repeated-period` where a series has a period twice. */
export function checkRepeated(
  { places, reach }: Placed,
  { keyed, times, where }: { keyed: KeyedRows; times: Times; where: (row: number) => Where },
): void {
  const issues = new IssueList(undefined, { once: true });
  const { of } = keyed;
  const seen = new Map<number, number>();
  for (let row = 0; row < places.length; row++) {
    const cell = of[row]! * reach + places[row]!;
    const before = seen.get(cell);
    if (before === undefined) {
      seen.set(cell, row);
      continue;
    }
    const { line, ...other } = where(before);
    issues.add(
      () => ({
        code: 'panel-repeated-period',
        what: `${keyed.name(of[row]!)} has the ${times.every ?? 'period'} ${times.text(times.numbers[row]!)} twice, first in ${line === undefined ? `row ${other.row ?? before}` : `line ${line}`}`,
        where: where(row),
        expected: `one row for each series and ${times.every ?? 'period'}`,
        remedy:
          times.every === 'hour'
            ? 'where clocks are put back an hour of local time comes twice: write times in UTC or with their offset; else sum the rows up with toPanel'
            : `sum them up with toPanel(table, { every: '${times.every ?? 'day'}', … }), or name all columns that tell series apart`,
      }),
      'repeated',
    );
  }
  issues.throwIfAny();
}

/** Throws `panel-gaps` where a period between a series' first and last row has none. */
export function checkGaps(
  { places, count, starts, ends, first }: Placed,
  keyed: KeyedRows,
  times: Times,
): void {
  const rows = new Int32Array(keyed.keys.length);
  for (let row = 0; row < places.length; row++) if (places[row]! < count) rows[keyed.of[row]!]!++;
  const lacking = Array.from(rows, (have, one) => Math.max(0, ends[one]! - starts[one]! + 1 - have));
  const missing = lacking.reduce((sum, lack) => sum + lack, 0);
  if (missing === 0) return;
  const series = lacking.findIndex((lack) => lack > 0);
  const has = new Uint8Array(count);
  for (let row = 0; row < places.length; row++)
    if (keyed.of[row] === series && places[row]! < count) has[places[row]!] = 1;
  const gap = has.indexOf(0, starts[series]!);
  throw new Problem({
    code: 'panel-gaps',
    what: `${formatNumber(missing)} ${times.every ?? 'period'}s have no row, such as ${times.text(first + gap)} of ${keyed.name(series)}`,
    expected: 'a row for each, or to be told what a period without one means',
    remedy:
      times.every === 'hour'
        ? "say gaps: 'zero' or gaps: 'unknown'; where clocks are put forward local time lacks an hour: write times in UTC or with their offset"
        : "say gaps: 'zero' (nothing was sold) or gaps: 'unknown'",
  });
}
