/** The contract of kept forecasts: what a run knew at its end, as it is stored and served. */
import type { JsonObject } from '../../json.js';
import type { Manifest } from '../../study/manifest.js';
import type { Every } from '../panel/panel.js';
import type { ArticleOrder, OrderPolicy } from '../stock/stock.js';

/** Forecasts of all series of a panel, and the rule by which their stock is ordered. */
export interface KeptForecasts {
  readonly study: string;
  readonly version: string;
  readonly title: string;
  readonly question: string;
  /** What is forecast, and its unit where it has one. */
  readonly target: { readonly name: string; readonly unit?: string | undefined };
  /** The names of the columns whose texts are a series' key. */
  readonly names: readonly string[];
  readonly keys: readonly (readonly string[])[];
  readonly every: Every | undefined;
  /** When each period of the forecast begins; its place where periods are only counted. */
  readonly periods: readonly string[];
  /** The last known periods, for people to see what went before: their names, and series × periods; NaN where not known. */
  readonly past: { readonly periods: readonly string[]; readonly values: Float64Array };
  /** Series × periods, row-major; NaN where a series had no known value. */
  readonly means: Float64Array;
  /** Series × `count` × periods, row-major. */
  readonly paths: Float64Array;
  readonly count: number;
  /** Columns of the series that rules of the order name: a number a series. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** Absent where nothing is ordered. */
  readonly orders: OrderPolicy | undefined;
  readonly golden: readonly GoldenForecast[];
  /** The model card, in Markdown. */
  readonly card: string;
  readonly manifest: Manifest;
}

/** A question and its answer as they were when the run ended; must be answered again to the bit. */
export interface GoldenForecast {
  readonly series: number;
  readonly forecast: JsonObject;
  /** The stock that was asked about, and what was ordered; where the study orders. */
  readonly stock?: { readonly onHand: number; readonly onOrder: readonly number[] };
  readonly order?: ArticleOrder;
}
