/** Contributions of a matrix's columns, added up by the columns they were made from. */
import { Problem } from '../problem.js';
import type { Contributions } from './models.js';
import type { ColumnGroup } from './permutation-importance.js';

/** Contributions with a name for each column. */
export interface NamedContributions extends Contributions {
  readonly names: readonly string[];
}

/**
 * Adds the contributions of each group's columns: those of `job=retired`, `job=student`, … become that of `job`.
 * Shapley values may be added in this way, and base and sums stay what they were. Throws `models-fold` where a column
 * is in no group or in several.
 */
export function foldContributions(
  contributions: Contributions,
  groups: readonly ColumnGroup[],
): NamedContributions {
  const { columnCount, values } = contributions;
  const groupOf = new Int32Array(columnCount).fill(-1);
  let isPartition = groups.reduce((sum, { columns }) => sum + columns.length, 0) === columnCount;
  groups.forEach(({ columns }, g) => {
    for (const j of columns) groupOf[j] = g;
  });
  isPartition &&= groupOf.every((g) => g >= 0);
  if (!isPartition) {
    throw new Problem({
      code: 'models-fold',
      what: 'the groups do not hold every column once',
      expected: `groups that part ${columnCount} columns`,
    });
  }
  const width = groups.length;
  const folded = new Float64Array((values.length / Math.max(1, columnCount)) * width);
  for (let i = 0, at = 0; at < values.length; i++, at += columnCount)
    for (let j = 0; j < columnCount; j++) folded[i * width + groupOf[j]!]! += values[at + j]!;
  return { ...contributions, columnCount: width, values: folded, names: groups.map(({ name }) => name) };
}

/** The mean size of each column's contributions over the rows: a global summary of what the model goes by. */
export function meanContributions({ columnCount, values }: Contributions): Float64Array {
  const means = new Float64Array(columnCount);
  const rowCount = columnCount > 0 ? values.length / columnCount : 0;
  for (let at = 0; at < values.length; at++) means[at % columnCount]! += Math.abs(values[at]!) / rowCount;
  return means;
}
