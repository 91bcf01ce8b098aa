/** L15: two columns are equal (or differ, or lie a constant apart) in rows of one outcome only. */
import { formatNumber } from '../../table/print.js';
import { percent } from '../../task/percent.js';
import type { Check } from '../leakage.js';

export const equalPairs: Check = {
  code: 'L15',
  title: 'pairs that agree for one outcome only',
  look: ({ equalPairs }) =>
    equalPairs.map(({ columns, relation, rows, share, outcome }) => ({
      code: 'L15',
      severity: 'suspect',
      columns,
      what: `All ${formatNumber(rows)} rows (${percent(share)}) in which the two ${relation} are ${outcome}.`,
      evidence: { rows, share, relation, class: outcome },
      remedy:
        'Ask whether one of them is written again when the outcome comes, as a date of the last change is; if so, move it to `after`.',
    })),
};
