/**
 * The door of this room, for notebooks; re-exports only.
 *
 * @module alambique/forecast
 */

export { bestForecaster } from './accuracy/best-forecaster.js';
export { scaledCrps, seriesCoverage, seriesPinball } from './accuracy/distribution-scores.js';
export type * from './accuracy/forecast-race.js';
export type { ForecastCase, ForecastMetric } from './accuracy/metric.js';
export { owa } from './accuracy/owa.js';
export { bias, seriesWape, smape } from './accuracy/percentage-errors.js';
export { type ForecastRaceOptions, raceForecasters } from './accuracy/race-forecasters.js';
export { type RollingOrigin, rollingOrigin } from './accuracy/rolling-origin.js';
export { mase, rmsse } from './accuracy/scaled-errors.js';
export { type Segment, segmentOf } from './accuracy/segment-of.js';
export { auditPanel, type PanelAuditOptions } from './audit/audit-panel.js';
export {
  type LookingAheadOptions,
  type LookingAheadPrice,
  type LookingAheadWay,
  priceLookingAhead,
} from './audit/price-looking-ahead.js';
export { mean, median } from './combine/combination.js';
export { usualForecasters } from './combine/usual-forecasters.js';
export { withPaths } from './combine/with-paths.js';
export type * from './forecaster.js';
export { globalBoosting } from './global/global-boosting.js';
export type { GlobalBoostingOptions } from './global/global-boosting-options.js';
export { croston, sba } from './local/croston.js';
export { deseasonalised } from './local/deseasonalised.js';
export { ets } from './local/ets.js';
export { local } from './local/local.js';
export type * from './local/local-model.js';
export { meanOfLast } from './local/mean-of-last.js';
export { mstl } from './local/mstl.js';
export { naive, seasonalNaive } from './local/naive.js';
export { theta } from './local/theta.js';
export { tsb } from './local/tsb.js';
export { periodText } from './panel/calendar.js';
export { dataFile } from './panel/data-file.js';
export { definePanel } from './panel/define-panel.js';
export type * from './panel/panel.js';
export { type PanelOptions, panelOf } from './panel/panel-of.js';
export type { DeclaredPanel, PanelColumn, PanelSchema, PanelSpec } from './panel/panel-schema.js';
export { type PanelFiles, readPanel } from './panel/read-panel.js';
export type { ReadPanelOptions } from './panel/read-rows.js';
export * from './panel/time-types.js';
export { type SummedPanel, type ToPanelOptions, toPanel } from './panel/to-panel.js';
export { type UntilOptions, until } from './panel/until.js';
export { type OriginOptions, type Past, pastOf } from './past/past.js';
export { type PastOptions, type PastRecipe, pastFeatures, plainPast } from './past/past-recipe.js';
export type { PastRows } from './past/past-rows.js';
export { type ShopOptions, type SimulatedShop, simulateShop } from './shop/simulate-shop.js';
export { byServiceLevel } from './stock/by-service-level.js';
export { orderSentence } from './stock/decide-orders.js';
export { expectedShortage, newsvendor } from './stock/newsvendor.js';
export { orderUpTo } from './stock/order-up-to.js';
export { fillRateOf, periodicReview, safetyStock } from './stock/periodic-review.js';
export { simulateStock } from './stock/simulate-stock.js';
export type * from './stock/stock.js';
export {
  defineForecastStudy,
  type ForecastStudy,
  type ForecastStudySpec,
  type PanelSource,
} from './study/forecast-study.js';
