/** Pairs of columns whose rows of one outcome are those where they are equal, or differ, or lie a constant apart: "updated" beside "created". */
import { shortNumber } from '../../table/print.js';
import type { Contrast } from '../../task/aspects/aspects.js';
import type { ColumnProfile } from '../column-profile.js';
import type { Subject } from '../subject.js';
import {
  logChanceAmong,
  logLimit,
  type SharedOutcome,
  type Tally,
  tooManyForChance,
} from './chance-of-one-outcome.js';

/** Two columns that tell the outcome together. */
export interface EqualPair extends SharedOutcome {
  readonly columns: readonly [string, string];
  /** What holds in the rows spoken of: "are equal", "differ", "lie 30 days apart". */
  readonly relation: string;
  readonly rows: number;
  /** Of all rows. */
  readonly share: number;
}

/** Columns that agree or differ in fewer rows than this are no pair. */
const SHARE = 0.01;
const FEWEST_VALUES = 3;
/** Rows that are looked at first, to see whether two columns ever agree, or lie the same apart so many times. */
const SAMPLE = 500;
const REPEATED = 3;
const DAY = 86_400_000;

/** The pairs of these columns in whose rows of one outcome only something holds between the two. */
export function equalPairsIn(
  { target, rowCount }: Subject,
  columns: readonly ColumnProfile[],
): readonly EqualPair[] {
  const relations = relationsBetween(columns.filter(({ distinct }) => distinct >= FEWEST_VALUES));
  const limit = logLimit(relations.length * target.contrasts.length);
  return relations.flatMap(({ columns, words, holds }) =>
    target.contrasts.flatMap((contrast): EqualPair[] => {
      const [tally, rest] = [tallyWhere(holds, 1, contrast), tallyWhere(holds, 2, contrast)];
      if (Math.min(tally.rows, rest.rows) < SHARE * rowCount) return [];
      const beside = (): number => logChanceAmong(tally, [rest]);
      const shared = tooManyForChance(tally, { contrast, limit, beside });
      if (!shared) return [];
      return [{ columns, relation: words, rows: tally.rows, share: tally.rows / rowCount, ...shared }];
    }),
  );
}

/** What may hold between two columns. */
interface Relation {
  readonly columns: readonly [string, string];
  readonly words: string;
  /** 1 for each row where it holds, 2 where it does not, 0 where one of the two has no value. */
  readonly holds: Uint8Array;
}

function relationsBetween(columns: readonly ColumnProfile[]): Relation[] {
  return columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b): Relation[] => {
      if (a.type.kind !== b.type.kind) return [];
      const relation = (words: string, isSo: (row: number) => boolean): Relation => ({
        ...{ columns: [a.name, b.name], words },
        holds: Uint8Array.from(a.codes, (code, row) =>
          code < 0 || b.codes[row]! < 0 ? 0 : isSo(row) ? 1 : 2,
        ),
      });
      const isEqual = equality(a, b);
      return [
        ...(sampleOf(a).some(isEqual)
          ? [relation('are equal', isEqual), relation('differ', (row) => !isEqual(row))]
          : []),
        ...constantsBetween(a, b).map(({ words, isSo }) => relation(words, isSo)),
      ];
    }),
  );
}

/** The commonest difference of two columns of values, and of numbers the commonest ratio, where it comes up again and again. */
function constantsBetween(
  a: ColumnProfile,
  b: ColumnProfile,
): { words: string; isSo: (row: number) => boolean }[] {
  if (!a.values || !b.values) return [];
  const [first, second] = [a.values, b.values];
  const measures = {
    difference: (row: number): number => Math.fround(second[b.codes[row]!]! - first[a.codes[row]!]!),
    ratio: (row: number): number => Math.fround(second[b.codes[row]!]! / first[a.codes[row]!]!),
  };
  const words = {
    difference: (value: number): string =>
      a.type.kind === 'date'
        ? `lie ${shortNumber(Math.abs(value) / DAY)} days apart`
        : `lie ${shortNumber(Math.abs(value))} apart`,
    ratio: (value: number): string => `stand in the ratio ${shortNumber(value)}`,
  };
  const names = a.type.kind === 'date' ? (['difference'] as const) : (['difference', 'ratio'] as const);
  return names.flatMap((name) => {
    const value = commonest(sampleOf(a).map(measures[name]), name === 'ratio' ? [0, 1] : [0]);
    return value === undefined
      ? []
      : [{ words: words[name](value), isSo: (row) => measures[name](row) === value }];
  });
}

/** The value that comes up most often, if it does so again and again; finite, and none of those left out. */
function commonest(values: readonly number[], without: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values)
    if (Number.isFinite(value) && !without.includes(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [best, most]: [number | undefined, number] = [undefined, REPEATED - 1];
  for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
  return best;
}

/** Rows spread evenly over all. */
function sampleOf({ codes }: ColumnProfile): number[] {
  const step = Math.max(1, Math.floor(codes.length / SAMPLE));
  return Array.from({ length: Math.ceil(codes.length / step) }, (_, k) => k * step);
}

function equality(a: ColumnProfile, b: ColumnProfile): (row: number) => boolean {
  const codeOf = new Map(Array.from(b.rows, (_, code) => [b.nameOf(code), code]));
  const inB = Int32Array.from(a.rows, (_, code) => codeOf.get(a.nameOf(code)) ?? -2);
  return (row) => a.codes[row]! >= 0 && inB[a.codes[row]!] === b.codes[row];
}

function tallyWhere(holds: Uint8Array, is: 1 | 2, contrast: Contrast): Tally {
  let [rows, ones] = [0, 0];
  for (let row = 0; row < holds.length; row++) {
    if (holds[row] !== is) continue;
    rows++;
    ones += contrast.holds[row]!;
  }
  return { rows, ones };
}
