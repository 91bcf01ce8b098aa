/** The forecaster that would have been best so far. */
import type { Forecaster } from '../forecaster.js';
import type { Panel } from '../panel/panel.js';
import type { ForecastRace } from './forecast-race.js';
import { type ForecastRaceOptions, raceForecasters } from './race-forecasters.js';

/**
 * The candidate that leads a race on the rolling origins of this panel, by the first metric; the naive forecasts can win. Give
 * it the panel that may be learned from, not what it will be judged on. Throws as `raceForecasters`.
 *
 * @example
 * const { forecaster } = bestForecaster(panel, {
 *   candidates: [local(meanOfLast(4)), local(meanOfLast(13))],
 *   protocol: rollingOrigin({ horizon: 4 }),
 *   seed: 1,
 * });
 * forecaster.fit(panel, { seed: 1 }).forecast(4).horizon // → 4
 */
export function bestForecaster(
  panel: Panel,
  options: ForecastRaceOptions,
): { readonly forecaster: Forecaster; readonly race: ForecastRace } {
  const race = raceForecasters(panel, options);
  return { forecaster: race.best(), race };
}
