/** The contract of the room: a forecaster learns a panel and forecasts each series from its end. */
import type { Panel } from './panel/panel.js';

/** What a fit may be told. */
export interface ForecasterOptions {
  /** Everything random is drawn from this. */
  seed: number;
  /** How many threads may work; the result has the same bits whatever it is. By default 1. */
  threads?: number;
}

/** A way to forecast series, before it has seen any: one model a series, one model of all, or several together. */
export interface Forecaster {
  /** As it stands in tables: "median of 4", "boosting (Poisson)". */
  readonly name: string;
  fit(panel: Panel, options: ForecasterOptions): FittedForecaster;
}

/** A forecaster that has seen a panel. */
export interface FittedForecaster {
  /** The next `horizon` periods of each series, from its end. */
  forecast(horizon: number): Forecasts;
  /** The same after more periods: the panel holds all that it has seen and more. Nothing is learned anew. */
  update(panel: Panel): FittedForecaster;
}

/** Forecasts of each series of a panel, in the panel's order. */
export interface Forecasts {
  readonly horizon: number;
  /** The expected values: series × horizon, row-major. */
  readonly means: Float64Array;
  /**
   * How the next periods may go: series × `count` × horizon, row-major. The steps of one path belong together, so that sums over
   * several periods have the right spread. Absent where the forecaster gives expected values alone: see `withPaths`.
   */
  paths?(count: number, seed: number): Float64Array;
}
