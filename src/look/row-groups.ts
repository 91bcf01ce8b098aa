/** Columns that name what several rows are about: a client, a household, a shop. */
import { nameWords } from '../table/name-words.js';
import { formatNumber } from '../table/print.js';
import type { ColumnLook, RowGroup } from './look.js';

/** Persons and households first, then their papers and goods. */
const OWNERS =
  'customer client user member patient person household account employee student subject id kunde cliente'.split(
    ' ',
  );
/** Below this share of the rows, values repeat. */
const REPEATS = 0.95;

/** The groups, the likeliest first. */
export function groupsOfRows(columns: readonly ColumnLook[], rowCount: number): readonly RowGroup[] {
  return columns
    .filter(
      ({ kind, constant, distinct, missing }) =>
        kind === 'id' && !constant && distinct > 1 && distinct < REPEATS * (rowCount - missing),
    )
    .sort((a, b) => rank(a.name) - rank(b.name))
    .map(({ name, distinct, missing }) => {
      const each = (rowCount - missing) / distinct;
      return {
        column: name,
        values: distinct,
        why: `${formatNumber(distinct)} values, each in ${formatNumber(each, 2)} rows on average`,
      };
    });
}

function rank(name: string): number {
  const words = nameWords(name);
  const at = OWNERS.findIndex((word) => words.includes(word));
  return at < 0 ? OWNERS.length : at;
}
