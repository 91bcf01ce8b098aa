/** What every local model asks of a series and a season before it learns. */
import { checkNumbers } from '../../check-numbers.js';
import { Problem } from '../../problem.js';

/** Throws `forecast-empty-series` without a known value, and `forecast-bad-setting` for a season that is no whole number above 0. */
export function checkSeries(values: Float64Array, season: number): void {
  checkNumbers({ code: 'forecast-bad-setting' }, { season }, { season: { integer: true, min: 1 } });
  if (!values.some((value) => Number.isFinite(value)))
    throw new Problem({
      code: 'forecast-empty-series',
      what: `a series of ${values.length} periods has no known value`,
      expected: 'one value at least',
      remedy: 'leave the series out, or give it values',
    });
}
