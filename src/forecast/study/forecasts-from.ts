/** Forecasts as they are kept, from the end of a panel: the same for a run, for an update, and for the proof of either. */
import { sha256 } from '../../study/manifest.js';
import { withPaths } from '../combine/with-paths.js';
import type { FittedForecaster, Forecaster } from '../forecaster.js';
import { periodText } from '../panel/calendar.js';
import type { Panel } from '../panel/panel.js';
import { doublesFile } from './doubles-file.js';
import type { KeptForecasts } from './kept-forecasts.js';

/** How many periods before the forecast people are shown. */
const shownPast = 60;

/** The periods to come and what is expected of them, beside the last that are known. */
export type PanelForecasts = Pick<KeptForecasts, 'periods' | 'past' | 'means' | 'paths'>;

/** What a forecaster that has seen the panel to its end forecasts from there. */
export function forecastsFrom(
  fitted: FittedForecaster,
  panel: Panel,
  { horizon, count, seed }: { horizon: number; count: number; seed: number },
): PanelForecasts {
  const { means, paths } = fitted.forecast(horizon);
  const periods = Array.from({ length: horizon }, (_, i) =>
    periodText(panel.periods, panel.periods.count + i),
  );
  return { periods, past: pastOf(panel), means, paths: paths!(count, seed) };
}

/** SHA-256 of all bits of forecasts. */
export function forecastsHash({ means, paths }: Pick<PanelForecasts, 'means' | 'paths'>): string {
  return sha256([means, paths].map((values) => sha256(doublesFile(values))).join());
}

/** When the last period of a panel begins. */
export function lastPeriod({ periods }: Panel): string {
  return periodText(periods, periods.count - 1);
}

/** How many values a panel has, known or not. */
export function valuesIn({ series }: Panel): number {
  return series.reduce((sum, { values }) => sum + values.length, 0);
}

/** The forecaster, with paths of its earlier errors where it has none of its own. */
export function withOwnPaths(forecaster: Forecaster): Forecaster {
  return {
    name: forecaster.name,
    fit: (panel, options) => {
      const fitted = forecaster.fit(panel, options);
      return fitted.forecast(1).paths ? fitted : withPaths(forecaster).fit(panel, options);
    },
  };
}

function pastOf(panel: Panel): KeptForecasts['past'] {
  const from = Math.max(0, panel.periods.count - shownPast);
  const length = panel.periods.count - from;
  const values = new Float64Array(panel.series.length * length).fill(Number.NaN);
  panel.series.forEach((series, i) => {
    series.values.forEach((value, k) => {
      const place = series.start + k - from;
      if (place >= 0) values[i * length + place] = value;
    });
  });
  const periods = Array.from({ length }, (_, i) => periodText(panel.periods, from + i));
  return { periods, values };
}
