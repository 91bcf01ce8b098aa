/** L02: one column alone tells the target better than honest columns do, absolutely or beside all the others. */

import { decimals } from '../../table/decimals.js';
import type { ColumnEvidence } from '../column-evidence.js';
import { type Check, type Finding, strengthEvidence, strengthInWords } from '../leakage.js';
import type { Subject } from '../subject.js';

export const tooGood: Check = {
  code: 'L02',
  title: 'single column too good',
  look: ({ subject, features }) =>
    features.flatMap((evidence): Finding[] => {
      const { column, strength, standsOut } = evidence;
      if (!standsOut) return [];
      return [
        {
          code: 'L02',
          severity: standsOut.beside === 'alone' ? 'leak' : 'suspect',
          columns: [column],
          what: `${comparison(subject, evidence)}. That is how a column looks that was written after the outcome.`,
          evidence: {
            ...strengthEvidence(subject, strength),
            upperQuartileOfOthers: standsOut.upperQuartile ?? null,
            othersTogether: standsOut.together ?? null,
          },
          remedy:
            'Ask when this value is written. If after the moment of prediction, move it to `after`; else waive this with the reason.',
        },
      ];
    }),
};

function comparison({ target }: Subject, { strength, standsOut }: ColumnEvidence): string {
  const alone = `Alone it reaches ${strengthInWords(target.measure.name, strength.value)}`;
  if (standsOut?.together !== undefined) {
    return `${alone}; all other columns together reach ${decimals(standsOut.together)}`;
  }
  return standsOut?.upperQuartile === undefined
    ? alone
    : `${alone}; three in four of the other columns reach at most ${decimals(standsOut.upperQuartile)}`;
}
