/** L02: one column alone ranks the labels better than honest columns do, absolutely or beside all the others. */
import type { ColumnProfile } from '../column-profile.js';
import { type Check, decimals, type Finding } from '../leakage.js';
import type { Subject } from '../subject.js';

/** An AUC that no single column known in advance reaches on a question worth a model. */
const ABSOLUTE = 0.95;
/** Standard errors above .5 that it takes to be no accident: a small table must not cry for a lucky column. */
const ERRORS = 4;
/** Below this, one standard error taken off, a column is no outlier, however poor the others are. */
const OUTLIER_FLOOR = 0.8;
/** An outlier separates the classes this many times as far as the upper quartile of the other columns. */
const OUTLIER_RATIO = 2;
/** Fewer columns to compare with, and there is no telling. */
const FEWEST_OTHERS = 4;

export const tooGood: Check = {
  code: 'L02',
  title: 'single column too good',
  look(subject) {
    return subject.features.flatMap((column): Finding[] => {
      const { auc, significance } = subject.strength(column);
      if (significance < ERRORS) return [];
      const others = upperQuartile(subject, column);
      const surely = auc - (auc - 0.5) / significance;
      const outlier =
        surely >= OUTLIER_FLOOR &&
        others !== undefined &&
        separation(auc) >= OUTLIER_RATIO * separation(others);
      if (auc < ABSOLUTE && !outlier) return [];
      const beside =
        others === undefined ? '' : `; three in four of the other columns reach at most ${decimals(others)}`;
      return [
        {
          code: 'L02',
          severity: auc >= ABSOLUTE ? 'leak' : 'suspect',
          columns: [column.name],
          what: `Alone it reaches an AUC of ${decimals(auc)}${beside}. That is how a column looks that was written after the outcome.`,
          evidence: { auc, upperQuartileOfOthers: others ?? null },
          remedy:
            'Ask when this value is written. If after the moment of prediction, move it to `after`; else waive this with the reason.',
        },
      ];
    });
  },
};

/** How far apart the classes stand: the log-odds that a yes ranks above a no. */
function separation(auc: number): number {
  return Math.log(auc / (1 - Math.min(auc, 1 - 1e-9)));
}

function upperQuartile(subject: Subject, column: ColumnProfile): number | undefined {
  const others = subject.features.filter((other) => other !== column);
  if (others.length < FEWEST_OTHERS) return undefined;
  const aucs = others.map((other) => subject.strength(other).auc).sort((a, b) => a - b);
  return aucs[Math.ceil(0.75 * aucs.length) - 1]!;
}
