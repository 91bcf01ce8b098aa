/** The mean of the last periods: the plainest forecast of a level. */
import { checkNumbers } from '../../check-numbers.js';
import { checkSeries } from './check-series.js';
import type { LocalModel } from './local-model.js';
import { runStates } from './state-model.js';

/**
 * Each period is expected to bring the mean of the last `count` known values, or of all where there are fewer.
 * Throws `forecast-bad-setting` unless `count` is an integer of at least 1.
 *
 * @example
 * meanOfLast(2).fit(Float64Array.of(9, 3, 5)).forecast(1) // → Float64Array(1) [ 4 ]
 */
export function meanOfLast(count: number): LocalModel {
  checkNumbers({ code: 'forecast-bad-setting' }, { count }, { count: { integer: true, min: 1 } });
  return {
    name: `mean of last ${count}`,
    fit: (values, { season = 1 } = {}) => {
      checkSeries(values, season);
      return runStates<readonly number[]>(
        {
          expect: (last) => last.reduce((sum, value) => sum + value, 0) / last.length,
          next: (last, value) => (Number.isNaN(value) ? last : [...last, value].slice(-count)),
        },
        [],
        values,
      );
    },
  };
}
