/** L15: two columns are equal (or differ) in rows of one outcome only. */
import { formatNumber } from '../../table/print.js';
import { percent } from '../../task/percent.js';
import type { Check } from '../leakage.js';

export const equalPairs: Check = {
  code: 'L15',
  title: 'pairs equal for one outcome only',
  look: ({ equalPairs }) =>
    equalPairs.map(({ columns, equal, rows, share, outcome }) => ({
      code: 'L15',
      severity: 'suspect',
      columns,
      what: `All ${formatNumber(rows)} rows (${percent(share)}) in which the two ${equal ? 'are equal' : 'differ'} are ${outcome}.`,
      evidence: { rows, share, equal, class: outcome },
      remedy:
        'Ask whether one of them is written again when the outcome comes, as a date of the last change is; if so, move it to `after`.',
    })),
};
