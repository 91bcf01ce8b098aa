/** The mean of a column over the rows that a client had before. */
import { number } from '../schema/column-types.js';
import { numberColumn } from '../table/table.js';
import type { ClientFeature } from './client-feature.js';
import { typeOf } from './type-of.js';

/**
 * The mean of a number over the client's rows before the one at hand: their sum, added up in order, by their count.
 * Rows in which it is missing do not count; without any it is missing itself.
 *
 * @example
 * meanBefore('loan_amount').meaning // → 'mean of loan_amount over the rows before'
 */
export function meanBefore<Name extends string>(column: Name): ClientFeature<Name> {
  const meaning = `mean of ${column} over the rows before`;
  return {
    meaning,
    reads: [column],
    of: 'row',
    type: (from) => {
      const { unit } = typeOf(from, column, 'number');
      return number({ optional: true, because: meaning, ...(unit !== undefined && { unit }) });
    },
    over: (rows) => {
      const values = rows.numbers(column);
      let [sum, count] = [0, 0];
      return {
        begin: () => {
          [sum, count] = [0, 0];
        },
        value: () => (count === 0 ? Number.NaN : sum / count),
        add: (row) => {
          const value = values[row]!;
          if (Number.isNaN(value)) return;
          sum += value;
          count++;
        },
        column: numberColumn,
      };
    },
  };
}
