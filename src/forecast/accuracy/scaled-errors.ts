/** Errors as shares of those of the naive forecast inside the past: MASE and RMSSE. */
import { type ForecastMetric, meanOverSeries, meanOverSteps } from './metric.js';

/** Over which lag the naive forecast of the scale goes. */
export interface ScaleOptions {
  /** By default the panel's shortest season. The M4 competition takes 1 for weeks, 12 for months, 24 for hours. */
  readonly season?: number;
}

/** The mean of `of(change)` over the changes from a season before, in the past; undefined where there is none, or it is 0. */
export function scaleOf(
  past: Float64Array,
  season: number,
  of: (change: number) => number,
): number | undefined {
  let [sum, count] = [0, 0];
  for (let i = season; i < past.length; i++) {
    const change = past[i]! - past[i - season]!;
    if (Number.isNaN(change)) continue;
    sum += of(change);
    count++;
  }
  return sum > 0 ? sum / count : undefined;
}

/**
 * Mean absolute scaled error, the mean over series: below 1 is better than the naive forecast was inside the past. Series
 * whose past never changes say nothing. Source: Hyndman and Koehler, "Another look at measures of forecast accuracy", 2006.
 *
 * @example
 * mase().name // → 'MASE'
 */
export function mase({ season }: ScaleOptions = {}): ForecastMetric {
  return meanOverSeries('MASE', (one) => {
    const scale = scaleOf(one.past, season ?? one.season, Math.abs);
    const error = meanOverSteps(one, (actual, expected) => Math.abs(actual - expected));
    return scale === undefined || error === undefined ? undefined : error / scale;
  });
}

/**
 * Root mean squared scaled error, the mean over series. Source: as MASE; the metric of the M5 competition.
 *
 * @example
 * rmsse().name // → 'RMSSE'
 */
export function rmsse({ season }: ScaleOptions = {}): ForecastMetric {
  return meanOverSeries('RMSSE', (one) => {
    const scale = scaleOf(one.past, season ?? one.season, (change) => change * change);
    const error = meanOverSteps(one, (actual, expected) => (actual - expected) ** 2);
    return scale === undefined || error === undefined ? undefined : Math.sqrt(error / scale);
  });
}
