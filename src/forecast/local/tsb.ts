/** The method of Teunter, Syntetos and Babai: an article that stops selling is forecast to stop. */
import { checkNumbers } from '../../check-numbers.js';
import { checkSeries } from './check-series.js';
import type { LocalModel } from './local-model.js';
import { runStates } from './state-model.js';

/** The smoothed size of a sale, and the smoothed share of periods with one; NaN before the first of each. */
interface Selling {
  readonly size: number;
  readonly share: number;
}

/**
 * The share of periods with a sale is smoothed in each period, and the size of a sale in each with one; expected is
 * their product. Unlike Croston's method it falls while nothing is sold. Both smoothings are above 0 and at most 1, .1 by
 * default. Equals statsforecast's TSB.
 * Source: Teunter, Syntetos and Babai, "Intermittent demand: linking forecasting to inventory obsolescence", 2011.
 *
 * @example
 * tsb({ sizes: 0.5, shares: 0.5 }).fit(Float64Array.of(4, 0)).forecast(1) // → Float64Array(1) [ 2 ]
 */
export function tsb({ sizes = 0.1, shares = 0.1 }: { sizes?: number; shares?: number } = {}): LocalModel {
  checkNumbers(
    { code: 'forecast-bad-setting', of: 'TSB' },
    { sizes, shares },
    { sizes: { above: 0, max: 1 }, shares: { above: 0, max: 1 } },
  );
  const smooth = (rate: number, old: number, value: number): number =>
    Number.isNaN(old) ? value : rate * value + (1 - rate) * old;
  return {
    name: 'TSB',
    fit: (values, { season = 1 } = {}) => {
      checkSeries(values, season);
      return runStates<Selling>(
        {
          expect: ({ size, share }) => (Number.isNaN(size) ? 0 : size * share),
          next: ({ size, share }, value) =>
            Number.isNaN(value)
              ? { size, share }
              : {
                  size: value === 0 ? size : smooth(sizes, size, value),
                  share: smooth(shares, share, value === 0 ? 0 : 1),
                },
        },
        { size: Number.NaN, share: Number.NaN },
        values,
      );
    },
  };
}
