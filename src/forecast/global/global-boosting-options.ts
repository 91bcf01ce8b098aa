/** What a global boosting may be told, with its defaults. */
import { checkNumbers } from '../../check-numbers.js';

/** What `globalBoosting` may be told. */
export interface GlobalBoostingOptions {
  /** How many periods ahead it can forecast. */
  readonly horizon: number;
  /** What is lowered; by default 'poisson'. A `{ quantile }` makes `means` that quantile. */
  readonly loss?: 'poisson' | 'squared' | { readonly tweedie: number } | { readonly quantile: number };
  /** After so many periods a past period counts half; by default 100. */
  readonly halfLife?: number;
  /** Trees of each model, leaves of each tree, the share of each step, and of columns a tree sees; by default 100, 15, .1, .3. */
  readonly trees?: number;
  readonly leaves?: number;
  readonly learningRate?: number;
  readonly columnSample?: number;
  /** Rows that a model learns from, about, at most; by default 50,000. Where there are more, some steps of each origin are left out, evenly. */
  readonly mostRows?: number;
}

/** The options with every default filled in. */
export type GlobalBoostingSettings = Required<GlobalBoostingOptions>;

/** Fills the defaults in. Throws `forecast-bad-setting`. */
export function globalBoostingSettings(options: GlobalBoostingOptions): GlobalBoostingSettings {
  const settings: GlobalBoostingSettings = {
    ...{ loss: 'poisson', halfLife: 100, trees: 100, leaves: 15, learningRate: 0.1, columnSample: 0.3 },
    ...{ mostRows: 50_000, ...options },
  };
  const { horizon, halfLife, mostRows } = settings;
  checkNumbers(
    { code: 'forecast-bad-setting', of: 'globalBoosting' },
    { horizon, halfLife, mostRows },
    { horizon: { integer: true, min: 1 }, halfLife: { above: 0 }, mostRows: { min: 100 } },
  );
  return settings;
}
