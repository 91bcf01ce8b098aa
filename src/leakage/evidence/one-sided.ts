/** Rows that a column alone picks out and that all came out alike: those of a value, with a value, above 0, in a range. */
import type { Contrast } from '../../task/aspects/aspects.js';
import { type ColumnProfile, sumByCode } from '../column-profile.js';
import type { Subject } from '../subject.js';
import {
  logChanceAmong,
  logChanceByTrend,
  logLimit,
  type SharedOutcome,
  sharedOutcome,
  type Tally,
  tooManyForChance,
} from './chance-of-one-outcome.js';

/** What picks the rows out. */
export type OneSidedKind = 'value' | 'presence' | 'above zero' | 'range';

/** Rows of one outcome, too many for chance. */
export interface OneSided extends SharedOutcome {
  readonly kind: OneSidedKind;
  /** 'rows that hold "closed"', "rows with a value", "rows above 0". */
  readonly words: string;
  /** The value that they hold, where one does: "closed", "missing". */
  readonly value: string | undefined;
  readonly rows: number;
  /** Of all rows. */
  readonly share: number;
}

/** Of a number's values only those this frequent are looked at: codes such as -1 or 999. */
const FREQUENT = 0.005;
/** Zero or missing in fewer rows than this is no state of its own. */
const OFTEN_ZERO = 0.05;
const FEWEST_IN_RANGE = 20;

/** A set of rows before it is judged. */
interface Candidate extends Tally {
  readonly kind: OneSidedKind;
  readonly words: string;
  readonly value?: string;
  /** The log of the chance beside the rest of the column. */
  beside(): number;
}

/** What is one-sided in each of these columns, the least probable first. */
export function oneSidedIn(
  subject: Subject,
  columns: readonly ColumnProfile[],
): ReadonlyMap<ColumnProfile, readonly OneSided[]> {
  const { contrasts } = subject.target;
  const candidates = columns.flatMap((column) =>
    contrasts.flatMap((contrast) =>
      candidatesOf(column, contrast).map((candidate) => ({ column, contrast, candidate })),
    ),
  );
  const limit = logLimit(candidates.length);
  const found = new Map<ColumnProfile, OneSided[]>(columns.map((column) => [column, []]));
  for (const { column, contrast, candidate } of candidates) {
    const { kind, words, value, rows, beside } = candidate;
    const shared = tooManyForChance(candidate, { contrast, limit, beside });
    if (!shared) continue;
    const share = rows / subject.rowCount;
    found.get(column)!.push({ kind, words, value, rows, share, ...shared });
  }
  for (const list of found.values()) list.sort((a, b) => a.logChance - b.logChance);
  return found;
}

function candidatesOf(column: ColumnProfile, { holds }: Contrast): Candidate[] {
  const ones = sumByCode(column, holds);
  const tallies = Array.from(column.rows, (rows, code): Tally => ({ rows, ones: ones[code]! }));
  return [
    ...valuesOf(column, tallies),
    ...presenceOf(tallies),
    ...aboveZeroOf(column, tallies),
    ...rangesOf(column, tallies),
  ];
}

function valuesOf({ values, nameOf, codes }: ColumnProfile, tallies: readonly Tally[]): Candidate[] {
  const missing = tallies.length - 1;
  return tallies.flatMap((tally, code): Candidate[] => {
    const fewest = values && code < missing ? FREQUENT * codes.length : 0;
    if (tally.rows <= fewest) return [];
    const value = nameOf(code);
    const words = code === missing ? 'rows without a value' : `rows that hold "${value}"`;
    const others = (): Tally[] => tallies.filter(({ rows }, other) => other !== code && rows > 0);
    return [{ ...tally, kind: 'value', words, value, beside: () => logChanceAmong(tally, others()) }];
  });
}

function presenceOf(tallies: readonly Tally[]): Candidate[] {
  const missing = tallies[tallies.length - 1]!;
  const present = sum(tallies.slice(0, -1));
  if (missing.rows === 0 || present.rows === 0) return [];
  const beside = (): number => logChanceAmong(present, [missing]);
  return [{ ...present, kind: 'presence', words: 'rows with a value', beside }];
}

/** Above 0, and below it, where 0 (or nothing) is frequent. */
function aboveZeroOf({ values, codes, type }: ColumnProfile, tallies: readonly Tally[]): Candidate[] {
  if (!values || type.kind !== 'number') return [];
  const where = (test: (value: number) => boolean): Tally =>
    sum(tallies.filter((_, code) => code < values.length && test(values[code]!)));
  const zero = sum([where((value) => value === 0), tallies[values.length]!]);
  if (zero.rows < OFTEN_ZERO * codes.length) return [];
  const sides = [
    ['rows above 0', where((value) => value > 0)],
    ['rows below 0', where((value) => value < 0)],
  ] as const;
  return sides.map(([words, side]): Candidate => {
    return { ...side, kind: 'above zero', words, beside: () => logChanceAmong(side, [zero]) };
  });
}

/** The longest stretch of one outcome at either end of the values. */
function rangesOf({ values, nameOf }: ColumnProfile, tallies: readonly Tally[]): Candidate[] {
  if (!values || values.length < 3) return [];
  const ascending = tallies.slice(0, values.length);
  const top = rangeAt(ascending.slice().reverse());
  const bottom = rangeAt(ascending);
  return [
    ...(top ? [{ ...top, words: `rows from ${nameOf(values.length - top.codes)} up` }] : []),
    ...(bottom ? [{ ...bottom, words: `rows up to ${nameOf(bottom.codes - 1)}` }] : []),
  ].map(({ codes, ...range }): Candidate => ({ kind: 'range', ...range }));
}

/** The stretch from the first tally on, and what comes after it in stretches of as many rows. */
function rangeAt(
  tallies: readonly Tally[],
): (Tally & { readonly codes: number; beside(): number }) | undefined {
  let end: Tally = { rows: 0, ones: 0 };
  let codes = 0;
  for (const tally of tallies) {
    const longer = sum([end, tally]);
    if (sharedOutcome(longer) === undefined) break;
    end = longer;
    codes++;
  }
  if (end.rows < FEWEST_IN_RANGE || codes < 2 || codes === tallies.length) return undefined;
  const next = stretch(tallies, { from: codes, rows: end.rows });
  const beyond = stretch(tallies, { from: codes + next.codes, rows: end.rows });
  const before = { next: next.tally, beyond: beyond.codes > 0 ? beyond.tally : next.tally };
  return { ...end, codes, beside: () => logChanceByTrend(end, before) };
}

function stretch(
  tallies: readonly Tally[],
  { from, rows }: { from: number; rows: number },
): { tally: Tally; codes: number } {
  let tally: Tally = { rows: 0, ones: 0 };
  let codes = 0;
  while (tally.rows < rows && from + codes < tallies.length) tally = sum([tally, tallies[from + codes++]!]);
  return { tally, codes };
}

function sum(tallies: readonly Tally[]): Tally {
  let [rows, ones] = [0, 0];
  for (const tally of tallies) {
    rows += tally.rows;
    ones += tally.ones;
  }
  return { rows, ones };
}
