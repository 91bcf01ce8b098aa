/** L03: a column says the target in other words: a copy, a rescaling, or a recoding into other values. */
import { formatNumber } from '../../table/print.js';
import type { Check, Finding } from '../leakage.js';

export const copyOfTarget: Check = {
  code: 'L03',
  title: 'copy of the target',
  look: ({ features, subject }) =>
    features.flatMap(({ column, copyOfTarget, distinct }): Finding[] => {
      if (copyOfTarget === undefined) return [];
      return [
        {
          code: 'L03',
          severity: 'leak',
          columns: [column],
          what:
            copyOfTarget === 'order'
              ? 'Its values stand in the order of the outcomes without one exception: it is the target, rescaled.'
              : `Each of its ${formatNumber(distinct)} values goes with one outcome only: it is the target in other words.`,
          evidence: { distinct, purity: 1, rows: subject.rowCount },
          remedy: 'Leave it out: move it to `after`, or drop it from the schema.',
        },
      ];
    }),
};
