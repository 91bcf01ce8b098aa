/** Rows that a column alone picks out and that all (or nearly all) came out alike: those of a value, with a value, above 0, in a range. */
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
import { farFromOthers } from './far-from-others.js';

/** What picks the rows out. */
export type OneSidedKind = 'value' | 'presence' | 'above zero' | 'range';

/** Rows of one outcome, too many for chance; but for ranges also rows of nearly one outcome, far from the others. */
export interface OneSided extends SharedOutcome {
  readonly kind: OneSidedKind;
  /** 'rows that hold "closed"', "rows with a value", "rows above 0". */
  readonly words: string;
  /** The value that they hold, where one does: "closed", "missing". */
  readonly value: string | undefined;
  readonly rows: number;
  /** Of all rows. */
  readonly share: number;
  /** The share of these rows that have the outcome, 1 where all do, and of the other rows. */
  readonly alike: number;
  readonly others: number;
}

/** Of a number's values only those this frequent are looked at: codes such as -1 or 999. */
const FREQUENT = 0.005;
/** Zero or missing in fewer rows than this is no state of its own. */
const OFTEN_ZERO = 0.05;
const FEWEST_IN_RANGE = 20;
/** A value that so many rows hold may stand for none: "none", 999. */
const STANDS_FOR_NONE = 0.2;

/** A set of rows before it is judged. */
interface Candidate extends Tally {
  readonly kind: OneSidedKind;
  readonly words: string;
  readonly value?: string;
  /** The log of the chance beside the rest of the column. */
  beside(): number;
  /** The rows in another state, where that is worth comparing with. */
  readonly rest?: Tally;
  /** How many such sets of rows were looked through for this one. */
  readonly tries?: number;
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
    const { kind, words, value, rows, ones, beside, rest, tries = 1 } = candidate;
    const shared =
      tooManyForChance(candidate, { contrast, limit: limit - Math.log(tries), beside }) ??
      (rest && farFromOthers(candidate, { rest, contrast, limit }));
    if (!shared) continue;
    const isYes = shared.outcome === contrast.names[1];
    const shareOf = (yes: number, of: number): number => (isYes ? yes : of - yes) / of;
    found.get(column)!.push({
      ...{ kind, words, value, rows, share: rows / subject.rowCount, ...shared },
      alike: shareOf(ones, rows),
      others: shareOf(contrast.count - ones, subject.rowCount - rows),
    });
  }
  for (const list of found.values()) list.sort((a, b) => a.logChance - b.logChance);
  return found;
}

function candidatesOf(column: ColumnProfile, { holds }: Contrast): Candidate[] {
  const ones = sumByCode(column, holds);
  const tallies = Array.from(column.rows, (rows, code): Tally => ({ rows, ones: ones[code]! }));
  return [
    ...valuesOf(column, tallies),
    ...presenceOf(column, tallies),
    ...aboveZeroOf(column, tallies),
    ...rangesOf(column, tallies),
  ];
}

function valuesOf({ values, nameOf, codes }: ColumnProfile, tallies: readonly Tally[]): Candidate[] {
  const missing = tallies.length - 1;
  const all = sum(tallies);
  return tallies.flatMap((tally, code): Candidate[] => {
    const fewest = values && code < missing ? FREQUENT * codes.length : 0;
    if (tally.rows <= fewest) return [];
    const value = nameOf(code);
    const words = code === missing ? 'rows without a value' : `rows that hold "${value}"`;
    const others = (): Tally[] => tallies.filter(({ rows }, other) => other !== code && rows > 0);
    const rest = { rows: all.rows - tally.rows, ones: all.ones - tally.ones };
    return [{ ...tally, kind: 'value', words, value, rest, beside: () => logChanceAmong(tally, others()) }];
  });
}

/** With any value, and with another than the commonest, which may stand for none. */
function presenceOf({ nameOf, values, codes }: ColumnProfile, tallies: readonly Tally[]): Candidate[] {
  const missing = tallies.length - 1;
  const state = (none: readonly number[], words: string): Candidate[] => {
    const rest = sum(none.map((code) => tallies[code]!));
    const others = sum(tallies.filter((_, code) => !none.includes(code)));
    if (rest.rows === 0 || others.rows === 0) return [];
    return [{ ...others, kind: 'presence', words, rest, beside: () => logChanceAmong(others, [rest]) }];
  };
  const present = state([missing], 'rows with a value');
  let common = 0;
  for (let code = 1; code < missing; code++) if (tallies[code]!.rows > tallies[common]!.rows) common = code;
  const different = tallies.filter(({ rows }, code) => rows > 0 && code < missing).length;
  const isState = tallies[common]!.rows >= STANDS_FOR_NONE * codes.length && different > 2;
  // Of numbers, 0 is looked at by itself.
  if (!isState || values?.[common] === 0) return present;
  return [...present, ...state([common, missing], `rows with another value than "${nameOf(common)}"`)];
}

/** Above 0, and below it, where 0 (or nothing) is frequent. */
function aboveZeroOf({ values, codes, type }: ColumnProfile, tallies: readonly Tally[]): Candidate[] {
  if (!values || type.kind !== 'number') return [];
  const where = (test: (value: number) => boolean): Tally =>
    sum(tallies.filter((_, code) => code < values.length && test(values[code]!)));
  const zero = sum([where((value) => value === 0), tallies[values.length]!]);
  if (zero.rows < OFTEN_ZERO * codes.length) return [];
  const [above, below] = [where((value) => value > 0), where((value) => value < 0)];
  const sides: readonly (readonly [string, Tally])[] = [
    ['rows above 0', above],
    ['rows below 0', below],
    ...(above.rows > 0 && below.rows > 0
      ? [['rows with another value than 0', sum([above, below])] as const]
      : []),
  ];
  return sides.map(([words, side]): Candidate => {
    return { ...side, kind: 'above zero', words, rest: zero, beside: () => logChanceAmong(side, [zero]) };
  });
}

/** The longest stretches of one outcome at either end of the values, and between. */
function rangesOf({ values, nameOf }: ColumnProfile, tallies: readonly Tally[]): Candidate[] {
  if (!values || values.length < 3) return [];
  const ascending = tallies.slice(0, values.length);
  const top = rangeAt(ascending.slice().reverse());
  const bottom = rangeAt(ascending);
  const middle = rangeBetween(ascending);
  return [
    ...(top ? [{ ...top, words: `rows from ${nameOf(values.length - top.codes)} up` }] : []),
    ...(bottom ? [{ ...bottom, words: `rows up to ${nameOf(bottom.codes - 1)}` }] : []),
    ...(middle
      ? [
          {
            ...middle,
            words: `rows from ${nameOf(middle.from)} to ${nameOf(middle.from + middle.codes - 1)}`,
          },
        ]
      : []),
  ].map(({ codes: _, ...range }): Candidate => ({ kind: 'range', ...range }));
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
  return { ...end, codes, beside: () => logChanceAfter(tallies, { ...end, codes }) };
}

/** The log of the chance of a stretch at the beginning of these, as the two stretches after it tell. */
function logChanceAfter(
  tallies: readonly Tally[],
  { codes, ...end }: Tally & { readonly codes: number },
): number {
  const next = stretch(tallies, { from: codes, rows: end.rows });
  const beyond = stretch(tallies, { from: codes + next.codes, rows: end.rows });
  return logChanceByTrend(end, { next: next.tally, beyond: beyond.codes > 0 ? beyond.tally : next.tally });
}

/** The stretch of one outcome with the most rows that touches neither end, seen from both of its sides. */
function rangeBetween(
  tallies: readonly Tally[],
):
  | (Tally & { readonly from: number; readonly codes: number; readonly tries: number; beside(): number })
  | undefined {
  let best: Tally & { from: number; codes: number } = { rows: 0, ones: 0, from: 0, codes: 0 };
  let run = best;
  for (const [code, tally] of tallies.entries()) {
    const longer = sum([run, tally]);
    run =
      sharedOutcome(longer) === undefined
        ? { ...tally, from: code, codes: 1 }
        : { ...longer, from: run.codes === 0 ? code : run.from, codes: run.codes + 1 };
    if (sharedOutcome(run) === undefined) run = { rows: 0, ones: 0, from: code, codes: 0 };
    else if (run.rows > best.rows && run.from > 0 && run.from + run.codes < tallies.length) best = run;
  }
  if (best.rows < FEWEST_IN_RANGE || best.codes < 2) return undefined;
  const after = tallies.slice(best.from);
  const before = tallies.slice(0, best.from + best.codes).reverse();
  const beside = (): number => Math.max(...[after, before].map((side) => logChanceAfter(side, best)));
  return { ...best, tries: tallies.length, beside };
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
