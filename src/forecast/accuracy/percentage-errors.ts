/** Errors as shares of what came: sMAPE, WAPE and bias. */
import { type ForecastCase, type ForecastMetric, meanOverSeries, meanOverSteps } from './metric.js';

/**
 * Symmetric mean absolute percentage error from 0 to 200, the mean over series: 200 |y − f| / (|y| + |f|). Where both are 0
 * the error is 0. The definition of the M competitions. Source: Makridakis, "Accuracy measures", 1993.
 *
 * @example
 * smape().name // → 'sMAPE'
 */
export function smape(): ForecastMetric {
  return meanOverSeries('sMAPE', (one) => meanOverSteps(one, symmetricError));
}

/** 200 |y − f| / (|y| + |f|). */
export function symmetricError(actual: number, expected: number): number {
  const size = Math.abs(actual) + Math.abs(expected);
  return size === 0 ? 0 : (200 * Math.abs(actual - expected)) / size;
}

/**
 * Weighted absolute percentage error in percent: the sum of all absolute errors by the sum of all that came. Series that sell
 * more weigh more; zeros do no harm.
 *
 * @example
 * seriesWape().name // → 'WAPE'
 */
export function seriesWape(): ForecastMetric {
  return ofTotals('WAPE', (actual, expected) => Math.abs(actual - expected));
}

/**
 * Bias in percent: the sum of all forecasts less all that came, by the sum of all that came. Above 0 is too much. A ranking
 * takes its size.
 *
 * @example
 * bias().name // → 'bias'
 */
export function bias(): ForecastMetric {
  return { ...ofTotals('bias', (actual, expected) => expected - actual), loss: Math.abs };
}

function ofTotals(name: string, of: (actual: number, expected: number) => number): ForecastMetric {
  return {
    name,
    ofPaths: false,
    measure: (one) => {
      const error = meanOverSteps(one, of);
      const size = meanOverSteps(one, Math.abs);
      return error === undefined ? undefined : [error * known(one), size! * known(one)];
    },
    combine: ([error, size]) => (100 * error!) / size!,
  };
}

function known({ actual }: ForecastCase): number {
  return actual.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
}
