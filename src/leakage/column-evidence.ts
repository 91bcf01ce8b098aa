/** What the data say of each column, one piece a column: the audit's checks read nothing else. */
import type { ColumnType } from '../schema/column-types.js';
import type { ColumnProfile } from './column-profile.js';
import { copyOfTarget } from './evidence/copy-of-target.js';
import { type EqualPair, equalPairsIn } from './evidence/equal-pairs.js';
import { correlationWithRows } from './evidence/follows-rows.js';
import { type LateWord, lateWordIn } from './evidence/late-word.js';
import { namesRows } from './evidence/names-rows.js';
import { type OneSided, oneSidedIn } from './evidence/one-sided.js';
import { type RepeatedColumn, repeatsLate } from './evidence/repeats-late.js';
import { type StandsOut, standsOut } from './evidence/stands-out.js';
import type { Strength } from './evidence/strength.js';
import { type Encoding, encodedFrom } from './evidence/target-encoding.js';
import type { Subject } from './subject.js';

/** One column: how well it tells the target, and everything that looks as if it were written too late. */
export interface ColumnEvidence {
  readonly column: string;
  readonly type: ColumnType;
  /** Rows that have a value. */
  readonly present: number;
  readonly distinct: number;
  /** How well it alone tells the target. */
  readonly strength: Strength;
  /** Why it is far above the rest; undefined where it is not. */
  readonly standsOut: StandsOut | undefined;
  /** How it says the target in other words; undefined where it does not. */
  readonly copyOfTarget: 'order' | 'values' | undefined;
  /** The target's mean that it holds; undefined where it holds none. */
  readonly encoding: Encoding | undefined;
  /** Rows that it picks out and that all came out alike, the least probable first. */
  readonly oneSided: readonly OneSided[];
  /** The late column that it repeats. */
  readonly repeats: RepeatedColumn | undefined;
  /** Why it looks like an identifier, as a clause. */
  readonly namesRows: string | undefined;
  /** What its name says of the end of something. */
  readonly lateWord: LateWord | undefined;
  /** Its rank correlation with the position of the row; 0 for text. */
  readonly correlationWithRows: number;
}

/** A dataset with everything that the checks report on. */
export interface Evidence {
  readonly subject: Subject;
  /** Of the columns that a feature may read. */
  readonly features: readonly ColumnEvidence[];
  /** Pairs of them that tell the outcome together. */
  readonly equalPairs: readonly EqualPair[];
}

/** Looks at every feature of a subject once. */
export function evidenceOf(subject: Subject): Evidence {
  const oneSided = oneSidedIn(subject, subject.features);
  const features = subject.features.map((column) => evidenceOn(subject, { column, oneSided }));
  // What one column tells by being there, it tells beside any other.
  const tells = features.filter(({ copyOfTarget, oneSided }) => copyOfTarget || oneSided.some(isState));
  const telling = new Set(tells.map(({ column }) => column));
  const others = subject.features.filter(({ name }) => !telling.has(name));
  return { subject, features, equalPairs: equalPairsIn(subject, others) };
}

function isState({ kind }: OneSided): boolean {
  return kind === 'presence' || kind === 'above zero';
}

function evidenceOn(
  subject: Subject,
  { column, oneSided }: { column: ColumnProfile; oneSided: ReturnType<typeof oneSidedIn> },
): ColumnEvidence {
  const copy = copyOfTarget(subject, column);
  return {
    column: column.name,
    type: column.type,
    present: subject.rowCount - column.rows[column.rows.length - 1]!,
    distinct: column.distinct,
    strength: subject.strength(column),
    standsOut: standsOut(subject, column),
    copyOfTarget: copy,
    // A copy is its own mean.
    encoding: copy === 'order' ? undefined : encodedFrom(subject, column),
    oneSided: oneSided.get(column)!,
    repeats: repeatsLate(subject, column),
    namesRows: namesRows(subject, column),
    lateWord: lateWordIn(column.name, subject.dataset.schema.target.name),
    correlationWithRows: correlationWithRows(column),
  };
}
