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
  readonly learned: LearnedForecaster;
  readonly golden: readonly GoldenForecast[];
  /** The model card, in Markdown. */
  readonly card: string;
  readonly manifest: Manifest;
}

/** The forecaster behind kept forecasts. It is kept as what it takes to have the very same again, and to prove that it is the same. */
export interface LearnedForecaster {
  /** Its name among the candidates of the study. */
  readonly forecaster: string;
  /** The last period that it learned from; later ones are seen by it, and teach nothing. */
  readonly through: string;
  /** SHA-256 of all that it forecast from the end of that period. */
  readonly sha256: string;
}

/** A question and its answer as they were when the run ended; must be answered again to the bit. */
export interface GoldenForecast {
  readonly series: number;
  readonly forecast: JsonObject;
  /** The stock that was asked about, and what was ordered; where the study orders. */
  readonly stock?: { readonly onHand: number; readonly onOrder: readonly number[] };
  readonly order?: ArticleOrder;
}
