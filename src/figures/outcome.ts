/** What a rate is a rate of: the share of one level, or the mean of a number. */
import { listNames, Problem } from '../problem.js';
import { didYouMean } from '../table/nearest-name.js';
import type { Column } from '../table/table.js';

/** A value for each row: 1 and 0 where it is a share; NaN where it is missing. */
export interface Outcome {
  readonly values: Float64Array;
  readonly isShare: boolean;
  /** "Share of y = yes", or "Mean of sold". */
  readonly label: string;
}

const yesWords = new Set(['yes', 'y', 'true', 't', '1']);

/**
 * The outcome that a column tells. Of a text column with two levels, the one that says yes counts, or the one named by `yes`;
 * a column of 0 and 1 is a share, any other number has a mean. Throws `figure-which-level` and `figure-unknown-level`.
 */
export function outcomeOf(column: Column, yes: string | undefined): Outcome {
  const { name } = column;
  if (column.kind !== 'category') {
    const isShare = column.values.every((value) => value === 0 || value === 1 || Number.isNaN(value));
    return { values: column.values, isShare, label: `${isShare ? 'Share of' : 'Mean of'} ${name}` };
  }
  const { levels, codes } = column;
  const wanted =
    yes ??
    (levels.length <= 2 ? levels.find((level) => yesWords.has(level.trim().toLowerCase())) : undefined);
  if (wanted === undefined || !levels.includes(wanted)) {
    throw new Problem({
      code: wanted === undefined ? 'figure-which-level' : 'figure-unknown-level',
      what:
        wanted === undefined ? 'it is not clear which level to count' : `the column has no level "${wanted}"`,
      where: { column: name },
      expected: `one of ${listNames(levels, { last: 'or' })}`,
      remedy:
        (wanted && didYouMean(wanted, levels)) ??
        `name it, as in { yes: ${JSON.stringify(levels[0] ?? 'yes')} }`,
    });
  }
  const code = levels.indexOf(wanted);
  return {
    values: Float64Array.from(codes, (one) => (one < 0 ? Number.NaN : one === code ? 1 : 0)),
    isShare: true,
    label: `Share of ${name} = ${wanted}`,
  };
}
