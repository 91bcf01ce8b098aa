/** Fits that several need: a member of two combinations is fitted once. */
import type { FittedForecaster, Forecaster, ForecasterOptions } from '../forecaster.js';
import type { Panel } from '../panel/panel.js';

interface Kept {
  readonly seed: number;
  readonly fitted: FittedForecaster;
}

const fits = new WeakMap<Panel, WeakMap<Forecaster, Kept>>();

/** `forecaster.fit(panel, options)`, or what it gave for the same panel and seed before; kept as long as both are. */
export function fitOnce(forecaster: Forecaster, panel: Panel, options: ForecasterOptions): FittedForecaster {
  const ofPanel = fits.get(panel) ?? new WeakMap<Forecaster, Kept>();
  fits.set(panel, ofPanel);
  const kept = ofPanel.get(forecaster);
  if (kept?.seed === options.seed) return kept.fitted;
  const fitted = forecaster.fit(panel, options);
  ofPanel.set(forecaster, { seed: options.seed, fitted });
  return fitted;
}
