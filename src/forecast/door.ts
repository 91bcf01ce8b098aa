/**
 * The door of this room, for notebooks; re-exports only.
 *
 * @module alambique/forecast
 */

export type * from './forecaster.js';
export { croston, sba } from './local/croston.js';
export { deseasonalised } from './local/deseasonalised.js';
export type * from './local/local-model.js';
export { meanOfLast } from './local/mean-of-last.js';
export { naive, seasonalNaive } from './local/naive.js';
export { theta } from './local/theta.js';
export { tsb } from './local/tsb.js';
export type * from './panel/panel.js';
