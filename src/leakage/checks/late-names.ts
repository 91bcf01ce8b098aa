/** L08: a column known before tells the outcome, and its name sounds like something written down after the event. */
import type { ColumnEvidence } from '../column-evidence.js';
import { aloneItReaches, type Check, type Finding, strengthEvidence } from '../leakage.js';
import type { Subject } from '../subject.js';

/** A name is a question only where the column tells something: standard errors above nothing, and a share of the way to 1. */
const ERRORS = 4;
const TELLING = 0.1;
/** Many columns known in time bear a weak word: it counts only in the strongest column, from here on, and if no other bears it. */
const STRONG = 0.4;

export const lateNames: Check = {
  code: 'L08',
  title: 'late names',
  look: ({ subject, features }) =>
    features.flatMap((evidence): Finding[] => {
      const { column, type, lateWord, strength } = evidence;
      // A written `because` is somebody's word that the name deceives.
      if (lateWord === undefined || type.because || !isTelling(subject, { evidence, features })) return [];
      return [
        {
          code: 'L08',
          severity: 'suspect',
          columns: [column],
          what: `Its name says "${lateWord.word}", which is often known only after the event. ${aloneItReaches(subject, strength)}`,
          evidence: { word: lateWord.word, ...strengthEvidence(subject, strength) },
          remedy: 'If it is known in time, say why in the schema with `because`; else move it to `after`.',
        },
      ];
    }),
};

function isTelling(
  { target }: Subject,
  { evidence, features }: { evidence: ColumnEvidence; features: readonly ColumnEvidence[] },
): boolean {
  const { value, significance } = evidence.strength;
  const { nothing } = target.measure;
  const telling = (value - nothing) / (1 - nothing);
  if (significance < ERRORS) return false;
  if (!evidence.lateWord?.weak) return telling >= TELLING;
  return (
    telling >= STRONG &&
    features.every(
      (other) =>
        other === evidence ||
        (other.strength.value <= value && other.lateWord?.word !== evidence.lateWord?.word),
    )
  );
}
