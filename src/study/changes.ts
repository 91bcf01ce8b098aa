/** What is different from the model before: rows, levels, ranges, how far columns have drifted, scores. */
import type { ColumnReference, Reference } from './reference.js';

/** What is different from the model before. */
export interface Changes {
  /** The version compared with. */
  readonly since: string;
  /** The names of the two files. */
  readonly data: { readonly before: string; readonly now: string };
  /** How many rows taught each. */
  readonly rows: { readonly before: number; readonly now: number };
  readonly target: ColumnChange;
  /** Columns that drifted by .1 or more, or hold what the model before had not seen; the furthest first. */
  readonly columns: readonly ColumnChange[];
  /** How many columns were compared. */
  readonly compared: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** On the holdout rows of each; the rows are not the same. */
  readonly scores: readonly ScoreChange[];
}

/** One column in the rows of both models. */
export interface ColumnChange {
  readonly name: string;
  /** 0 to 1: of numbers the distance of Kolmogorov and Smirnov, of levels the share of rows that would have to change. */
  readonly drift: number;
  /** Shares of rows without a value. */
  readonly missing: { readonly before: number; readonly now: number };
  /** Levels that the model before never saw, and those that are gone. */
  readonly newLevels: readonly string[];
  readonly goneLevels: readonly string[];
  /** The least value before and now, where it is lower now; the greatest, where it is higher. */
  readonly below: readonly [number, number] | null;
  readonly above: readonly [number, number] | null;
}

/** A score of both models. */
export interface ScoreChange {
  readonly name: string;
  readonly before: number;
  readonly now: number;
}

/** A model, as far as it is compared. */
export interface Compared {
  readonly version: string;
  /** The file that it was made from. */
  readonly data: string;
  readonly reference: Reference;
  /** On its holdout rows, by name. */
  readonly scores: Readonly<Record<string, number>>;
}

/** Columns that drifted less, and show nothing new, are not spoken of. */
const DRIFT = 0.1;
const MOST_LEVELS = 8;

/** What changed since `before`: the columns that did, the furthest drifted first. */
export function changesSince(before: Compared, now: Omit<Compared, 'version'>, target: string): Changes {
  const names = [...now.reference.columns.keys()];
  const columns = names
    .flatMap((name): ColumnChange[] => {
      const [old, fresh] = [before.reference.columns.get(name), now.reference.columns.get(name)!];
      return old
        ? [columnChange(name, old, { now: fresh, rows: [before.reference.rows, now.reference.rows] })]
        : [];
    })
    .filter(isWorthTelling)
    .sort((a, b) => b.drift - a.drift);
  const known = new Set(before.reference.columns.keys());
  return {
    since: before.version,
    data: { before: before.data, now: now.data },
    rows: { before: before.reference.rows, now: now.reference.rows },
    target: columnChange(target, before.reference.target, {
      now: now.reference.target,
      rows: [before.reference.rows, now.reference.rows],
    }),
    columns,
    compared: names.filter((name) => known.has(name)).length,
    added: names.filter((name) => !known.has(name)),
    removed: [...known].filter((name) => !now.reference.columns.has(name)),
    scores: Object.entries(now.scores).flatMap(([name, value]): ScoreChange[] => {
      const old = before.scores[name];
      return old === undefined ? [] : [{ name, before: old, now: value }];
    }),
  };
}

function isWorthTelling({ drift, newLevels, below, above }: ColumnChange): boolean {
  return drift >= DRIFT || newLevels.length > 0 || below !== null || above !== null;
}

function columnChange(
  name: string,
  before: ColumnReference,
  { now, rows: [oldRows, newRows] }: { now: ColumnReference; rows: readonly [number, number] },
): ColumnChange {
  const missing = { before: before.missing / oldRows, now: now.missing / newRows };
  const nothing = { newLevels: [], goneLevels: [], below: null, above: null };
  const gap = Math.abs(missing.now - missing.before);
  if (before.kind === 'number' && now.kind === 'number') {
    const drift = Math.max(gap, distance(before.quantiles, now.quantiles));
    return { name, drift, missing, ...nothing, ...beyond(before.quantiles, now.quantiles) };
  }
  if (before.kind === 'category' && now.kind === 'category') {
    const [old, fresh] = [sharesOf(before.counts), sharesOf(now.counts)];
    const levels = new Set([...old.keys(), ...fresh.keys()]);
    let sum = 0;
    for (const level of levels) sum += Math.abs((old.get(level) ?? 0) - (fresh.get(level) ?? 0));
    return {
      name,
      drift: Math.max(gap, sum / 2),
      missing,
      ...nothing,
      newLevels: [...fresh.keys()].filter((level) => !old.has(level)).slice(0, MOST_LEVELS),
      goneLevels: [...old.keys()].filter((level) => !fresh.has(level)).slice(0, MOST_LEVELS),
    };
  }
  return { name, drift: 1, missing, ...nothing };
}

function sharesOf(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  let all = 0;
  for (const count of counts.values()) all += count;
  return new Map([...counts].map(([level, count]) => [level, count / all]));
}

/** Values beyond the range that the model before had seen. */
function beyond(
  before: readonly number[],
  now: readonly number[],
): { below: readonly [number, number] | null; above: readonly [number, number] | null } {
  const [least, most, newLeast, newMost] = [before[0], before.at(-1), now[0], now.at(-1)];
  if (least === undefined || most === undefined || newLeast === undefined || newMost === undefined)
    return { below: null, above: null };
  return {
    below: newLeast < least ? [least, newLeast] : null,
    above: newMost > most ? [most, newMost] : null,
  };
}

/** The largest difference of the two distribution functions (Kolmogorov and Smirnov's), as far as quantiles tell it. */
function distance(before: readonly number[], now: readonly number[]): number {
  if (before.length === 0 || now.length === 0) return before.length === now.length ? 0 : 1;
  let largest = 0;
  for (const value of [...before, ...now]) {
    // At ties the function jumps: both sides of the jump are looked at.
    for (const side of ['below', 'upTo'] as const) {
      largest = Math.max(largest, Math.abs(shareUpTo(before, value, side) - shareUpTo(now, value, side)));
    }
  }
  return largest;
}

/** The share of values below a value, or up to it, between quantiles by interpolation. */
function shareUpTo(quantiles: readonly number[], value: number, side: 'below' | 'upTo'): number {
  const last = quantiles.length - 1;
  const under = quantiles.filter((one) => (side === 'below' ? one < value : one <= value)).length;
  if (under === 0) return 0;
  if (under > last) return 1;
  const [low, high] = [quantiles[under - 1]!, quantiles[under]!];
  const within = high > low && high !== value ? (value - low) / (high - low) : 0;
  return (under - 1 + (side === 'below' && high === value ? 1 : within)) / last;
}
