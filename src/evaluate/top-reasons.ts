/** The few columns that moved a row's score the most. */
import { Problem } from '../problem.js';
import type { ColumnContributions } from './fold-back.js';

/** What a column of the table added to a row's score. */
export interface Reason {
  readonly column: string;
  /** In the unit of the contributions; below 0 where it spoke against yes. */
  readonly contribution: number;
}

/**
 * The `top` (5) columns of the largest contribution either way, the largest first; of equals, the earlier column.
 * Throws `evaluate-no-row` for a row that was not explained.
 */
export function topReasons(
  explained: ColumnContributions,
  { row = 0, top = 5 }: { row?: number; top?: number } = {},
): Reason[] {
  const { columns, values } = explained;
  const width = columns.length;
  if (!(row >= 0 && (row + 1) * width <= values.length)) {
    throw new Problem({
      code: 'evaluate-no-row',
      what: 'no such row was explained',
      where: { row },
      expected: `a row below ${width === 0 ? 0 : values.length / width}`,
    });
  }
  return columns
    .map((column, j): Reason => ({ column, contribution: values[row * width + j]! }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, top);
}
