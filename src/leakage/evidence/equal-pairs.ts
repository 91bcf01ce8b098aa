/** Pairs of columns whose rows of one outcome are those where they are equal, or differ: "updated" beside "created". */
import type { Contrast } from '../../task/aspects/aspects.js';
import type { ColumnProfile } from '../column-profile.js';
import type { Subject } from '../subject.js';
import { logChanceAmong, logChanceAtShare, sharedOutcome, type Tally } from './chance-of-one-outcome.js';

/** Two columns that tell the outcome together. */
export interface EqualPair {
  readonly columns: readonly [string, string];
  /** Whether the rows spoken of are those where the two are equal, or where they differ. */
  readonly equal: boolean;
  readonly rows: number;
  readonly share: number;
  readonly outcome: string;
}

/** The chance of one false finding in a whole table. */
const CHANCE = 1e-4;
/** Columns that agree or differ in fewer rows than this are no pair. */
const SHARE = 0.01;
const FEWEST_VALUES = 3;
/** Rows that are looked at first, to see whether two columns ever agree. */
const SAMPLE = 500;

/** The pairs of features that are equal, or differ, in rows of one outcome only. */
export function equalPairsIn(subject: Subject): readonly EqualPair[] {
  const { target, features, rowCount } = subject;
  const pairs = pairsThatAgree(features.filter(({ distinct }) => distinct >= FEWEST_VALUES));
  const limit = Math.log(CHANCE / Math.max(1, 2 * pairs.length * target.contrasts.length));
  return pairs.flatMap(({ columns, agrees }) =>
    target.contrasts.flatMap((contrast) =>
      [true, false].flatMap((equal): EqualPair[] => {
        const [tally, rest] = [
          tallyWhere(agrees, { equal, contrast }),
          tallyWhere(agrees, { equal: !equal, contrast }),
        ];
        const outcome = sharedOutcome(tally);
        if (outcome === undefined || Math.min(tally.rows, rest.rows) < SHARE * rowCount) return [];
        const share = outcome === 1 ? contrast.count / rowCount : 1 - contrast.count / rowCount;
        if (share === 1) return [];
        const logChance = Math.max(logChanceAtShare(tally.rows, share), logChanceAmong(tally, [rest]));
        if (logChance >= limit) return [];
        const outcomeName = contrast.names[outcome];
        return [{ columns, equal, rows: tally.rows, share: tally.rows / rowCount, outcome: outcomeName }];
      }),
    ),
  );
}

interface Pair {
  readonly columns: readonly [string, string];
  /** 1 for each row where the two are equal, 2 where they differ, 0 where one has no value. */
  readonly agrees: Uint8Array;
}

function pairsThatAgree(columns: readonly ColumnProfile[]): Pair[] {
  return columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b): Pair[] => {
      if (a.type.kind !== b.type.kind) return [];
      const isEqual = equality(a, b);
      const step = Math.max(1, Math.floor(a.codes.length / SAMPLE));
      let seen = 0;
      for (let row = 0; row < a.codes.length; row += step) if (isEqual(row)) seen++;
      if (seen === 0) return [];
      const agrees = Uint8Array.from(a.codes, (code, row) =>
        code < 0 || b.codes[row]! < 0 ? 0 : isEqual(row) ? 1 : 2,
      );
      return [{ columns: [a.name, b.name], agrees }];
    }),
  );
}

function equality(a: ColumnProfile, b: ColumnProfile): (row: number) => boolean {
  const codeOf = new Map(Array.from(b.rows, (_, code) => [b.nameOf(code), code]));
  const inB = Int32Array.from(a.rows, (_, code) => codeOf.get(a.nameOf(code)) ?? -2);
  return (row) => a.codes[row]! >= 0 && inB[a.codes[row]!] === b.codes[row];
}

function tallyWhere(agrees: Uint8Array, { equal, contrast }: { equal: boolean; contrast: Contrast }): Tally {
  let [rows, ones] = [0, 0];
  for (let row = 0; row < agrees.length; row++) {
    if (agrees[row] !== (equal ? 1 : 2)) continue;
    rows++;
    ones += contrast.holds[row]!;
  }
  return { rows, ones };
}
