/** Pairs of columns whose rows of one outcome are those where they are equal, or differ: "updated" beside "created". */
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
  /** Whether the rows spoken of are those where the two are equal, or where they differ. */
  readonly equal: boolean;
  readonly rows: number;
  /** Of all rows. */
  readonly share: number;
}

/** Columns that agree or differ in fewer rows than this are no pair. */
const SHARE = 0.01;
const FEWEST_VALUES = 3;
/** Rows that are looked at first, to see whether two columns ever agree. */
const SAMPLE = 500;

/** The pairs of these columns that are equal, or differ, in rows of one outcome only. */
export function equalPairsIn(
  { target, rowCount }: Subject,
  columns: readonly ColumnProfile[],
): readonly EqualPair[] {
  const pairs = pairsThatAgree(columns.filter(({ distinct }) => distinct >= FEWEST_VALUES));
  const limit = logLimit(2 * pairs.length * target.contrasts.length);
  return pairs.flatMap(({ columns, agrees }) =>
    target.contrasts.flatMap((contrast) =>
      [true, false].flatMap((equal): EqualPair[] => {
        const [tally, rest] = [
          tallyWhere(agrees, { equal, contrast }),
          tallyWhere(agrees, { equal: !equal, contrast }),
        ];
        if (Math.min(tally.rows, rest.rows) < SHARE * rowCount) return [];
        const beside = (): number => logChanceAmong(tally, [rest]);
        const shared = tooManyForChance(tally, { contrast, limit, beside });
        if (!shared) return [];
        const share = tally.rows / rowCount;
        return [{ columns, equal, rows: tally.rows, share, ...shared }];
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
