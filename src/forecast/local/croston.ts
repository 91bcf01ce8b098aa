/** Forecasts of articles that sell now and then: Croston's method, and its correction by Syntetos and Boylan. */
import { checkNumbers } from '../../check-numbers.js';
import { checkSeries } from './check-series.js';
import type { LocalModel } from './local-model.js';
import { runStates, type StateRule } from './state-model.js';

/** Smoothed size of a sale and smoothed periods from one to the next; NaN before the first sale. */
interface Intermittent {
  readonly size: number;
  readonly interval: number;
  /** Periods since the last sale, or since the beginning. */
  readonly since: number;
}

/** How quickly sizes and intervals follow what is new, above 0 and at most 1. */
export interface CrostonOptions {
  readonly smoothing?: number;
}

function crostonRule(smoothing: number, factor: number): StateRule<Intermittent> {
  return {
    expect: ({ size, interval }) => (Number.isNaN(size) ? 0 : (factor * size) / interval),
    next: ({ size, interval, since }, value) => {
      if (Number.isNaN(value)) return { size, interval, since };
      if (value === 0) return { size, interval, since: since + 1 };
      if (Number.isNaN(size)) return { size: value, interval: since + 1, since: 0 };
      return {
        size: smoothing * value + (1 - smoothing) * size,
        interval: smoothing * (since + 1) + (1 - smoothing) * interval,
        since: 0,
      };
    },
  };
}

function crostonModel(name: string, { smoothing = 0.1 }: CrostonOptions, factor: (a: number) => number) {
  checkNumbers(
    { code: 'forecast-bad-setting', of: name },
    { smoothing },
    { smoothing: { above: 0, max: 1 } },
  );
  const rule = crostonRule(smoothing, factor(smoothing));
  return {
    name,
    fit: (values: Float64Array, { season = 1 } = {}) => {
      checkSeries(values, season);
      return runStates(rule, { size: Number.NaN, interval: Number.NaN, since: 0 }, values);
    },
  };
}

/**
 * Croston's method: sizes of sales and intervals between them are smoothed, each alone; expected is size over interval.
 * It runs too high by about half of `smoothing` (.1 by default); `sba` corrects this. Equals statsforecast's CrostonClassic.
 * Source: Croston, "Forecasting and stock control for intermittent demands", 1972.
 *
 * @example
 * croston().fit(Float64Array.of(0, 4, 0, 4)).forecast(1) // → Float64Array(1) [ 2 ]
 */
export function croston(options: CrostonOptions = {}): LocalModel {
  return crostonModel('Croston', options, () => 1);
}

/**
 * Croston's method, corrected by the factor 1 − `smoothing` / 2. Equals statsforecast's CrostonSBA.
 * Source: Syntetos and Boylan, "The accuracy of intermittent demand estimates", 2005.
 *
 * @example
 * sba().fit(Float64Array.of(0, 4, 0, 4)).forecast(1) // → Float64Array(1) [ 1.9 ]
 */
export function sba(options: CrostonOptions = {}): LocalModel {
  return crostonModel('SBA', options, (smoothing) => 1 - smoothing / 2);
}
