/**
 * Figures for exploring, as `alambique/figures`: each takes a table, a dataset, a DataFrame of danfo, or arrays by name, and
 * gives a figure that shows itself as the last expression of a cell; `plot` or `display` shows it before the end of one.
 *
 * @module alambique/figures
 */

export { type BarsOptions, bars } from './bars.js';
export type { FigureData, Values } from './figure-data.js';
export { type HeatmapOptions, heatmap } from './heatmap.js';
export { type HistogramOptions, histogram } from './histogram.js';
export { type MissingnessOptions, missingness } from './missingness.js';
export { type RateByOptions, rateBy } from './rate-by.js';
export { type ScatterOptions, scatter } from './scatter.js';
export type { FigureOptions } from './shown.js';
