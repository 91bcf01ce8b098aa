/** How many years ago something was, as of the moment. */
import { number } from '../schema/column-types.js';
import { numberColumn } from '../table/table.js';
import type { ClientFeature } from './client-feature.js';
import { typeOf } from './type-of.js';

const day = 86_400_000;

/**
 * Whole years from a date of the row at hand to the moment: ⌊days / 365⌋. A date that lies after the moment says nothing, and
 * is missing: a pension that begins in a thousand years is no job.
 *
 * @example
 * yearsSince('birthday').of // → 'moment'
 */
export function yearsSince<Name extends string>(column: Name): ClientFeature<Name> {
  const meaning = `years since ${column}, as of the moment`;
  return {
    meaning,
    reads: [column],
    of: 'moment',
    type: (from) => {
      typeOf(from, column, 'date');
      return number({ unit: 'years', integer: true, range: [0, 1000], optional: true, because: meaning });
    },
    over: (rows) => {
      const dates = rows.numbers(column);
      return {
        begin: () => undefined,
        value: (row, moment) => {
          const since = moment - dates[row]!;
          return since >= 0 ? Math.floor(Math.floor(since / day) / 365) : Number.NaN;
        },
        add: () => undefined,
        column: numberColumn,
      };
    },
  };
}
