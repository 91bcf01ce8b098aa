/** How an audit looks at outcomes that are numbers: by their ranks, and by the value that comes up most often. */

import type { Numbers } from '../../table/matrix.js';
import { formatNumber } from '../../table/print.js';
import type { Contrast, Outcomes, TargetAspects } from './aspects.js';
import { rankStrength } from './strength-measures.js';

/** A number that so many rows share, 0 as a rule, parts them like a class. */
const FREQUENT = 0.05;

/** The aspects of numbers; `name` is the target's. */
export function numberAspects(numbers: Numbers, name: string): TargetAspects {
  const distinct = Float64Array.from(new Set(numbers)).sort();
  const codeOf = new Map(Array.from(distinct, (value, code) => [value, code]));
  const codes = Int32Array.from(numbers, (value) => codeOf.get(value)!);
  const rows = new Uint32Array(distinct.length);
  for (const code of codes) rows[code]!++;
  const outcomes: Outcomes = { codes, rows, areClasses: false };
  const ranks = midRanks(outcomes);
  return {
    outcomes,
    contrasts: mostFrequent(outcomes, distinct),
    responses: [
      {
        words: `the mean of ${name}`,
        values: numbers,
        ranks,
        format: (mean) => formatNumber(mean, 3),
      },
    ],
    measure: rankStrength(ranks),
  };
}

function mostFrequent({ codes, rows }: Outcomes, distinct: Float64Array): Contrast[] {
  const most = rows.indexOf(rows.reduce((a, b) => Math.max(a, b), 0));
  const share = rows[most]! / codes.length;
  if (!(share >= FREQUENT && share <= 1 - FREQUENT)) return [];
  const value = formatNumber(distinct[most]!);
  const holds = Uint8Array.from(codes, (code) => Number(code === most));
  return [{ holds, count: rows[most]!, names: [`not ${value}`, value] }];
}

/** The share of rows below each row's outcome, those equal to it counting half. */
function midRanks({ codes, rows }: Outcomes): Float64Array {
  let below = 0;
  const ranks = Float64Array.from(rows, (n) => {
    below += n;
    return (below - n / 2) / codes.length;
  });
  return Float64Array.from(codes, (code) => ranks[code]!);
}
