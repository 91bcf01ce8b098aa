/** L16: a column known before repeats a column that the schema says is late. */

import { decimals } from '../../table/decimals.js';
import type { Check, Finding } from '../leakage.js';

export const repeatsLate: Check = {
  code: 'L16',
  title: 'repeats a late column',
  look: ({ features }) =>
    features.flatMap(({ column, repeats }): Finding[] => {
      if (!repeats) return [];
      return [
        {
          code: 'L16',
          severity: 'leak',
          columns: [column],
          what: `It says what "${repeats.column}" says (rank correlation ${decimals(repeats.correlation)}), which the schema declares as late.`,
          evidence: { repeats: repeats.column, correlation: repeats.correlation },
          remedy: `Move it to where "${repeats.column}" stands, or "${repeats.column}" to \`before\` if that one is known in time.`,
        },
      ];
    }),
};
