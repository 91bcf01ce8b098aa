/** How many rows a client had before. */
import { number } from '../schema/column-types.js';
import { numberColumn } from '../table/table.js';
import type { ClientFeature } from './client-feature.js';

/**
 * The number of the client's rows before the one at hand, by moment, then by their order in the file. The first has 0.
 *
 * @example
 * countBefore().meaning // → 'number of rows before'
 */
export function countBefore(): ClientFeature<never> {
  const meaning = 'number of rows before';
  return {
    meaning,
    reads: [],
    of: 'row',
    type: () => number({ integer: true, range: [0, 1e9], because: meaning }),
    over: () => {
      let count = 0;
      return {
        begin: () => {
          count = 0;
        },
        value: () => count,
        add: () => {
          count++;
        },
        column: numberColumn,
      };
    },
  };
}
