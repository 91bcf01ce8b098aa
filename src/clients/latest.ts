/** What a client's row itself says. */
import type { CategoryColumn, Column, Table } from '../table/table.js';
import type { ClientFeature, FeatureWalk } from './client-feature.js';
import { typeOf } from './type-of.js';

/**
 * The value of a column in the row at hand, as the file's schema declares it. `freshForDays` says after how many days it is
 * too old to be relied on.
 *
 * @example
 * latest('flag_own_car', { freshForDays: 730 }).meaning // → 'flag_own_car, as last told'
 */
export function latest<Name extends string>(
  column: Name,
  { freshForDays }: { freshForDays?: number } = {},
): ClientFeature<Name> {
  const meaning = `${column}, as last told`;
  return {
    meaning,
    reads: [column],
    of: 'row',
    ...(freshForDays !== undefined && { freshForDays }),
    type: (from) => {
      const type = typeOf(from, column);
      return { ...type, because: type.because ?? meaning };
    },
    over: (rows) => walk(rows, column),
  };
}

function walk(rows: Table, name: string): FeatureWalk {
  const source = rows.column(name);
  const values = source.kind === 'category' ? source.codes : source.values;
  return {
    begin: () => undefined,
    value: (row) => values[row]!,
    add: () => undefined,
    column: (as, taken): Column => {
      if (source.kind !== 'category') return { ...source, name: as, values: taken };
      const column: CategoryColumn = { ...source, name: as, codes: Int32Array.from(taken) };
      return column;
    },
  };
}
