/** The contract of local models: a model of one series, made from its own past alone. */

/** A model before it has seen a series. */
export interface LocalModel {
  /** As it stands in tables: "SBA". */
  readonly name: string;
  /**
   * Learns a series: its values, oldest first, one a period; NaN where the value is not known. `season` is the number of
   * periods of a season, 1 for none. A series without a known value is a `Problem` (`forecast-empty-series`).
   */
  fit(values: Float64Array, options?: LocalOptions): FittedSeries;
}

/** What a local model is told of its series. */
export interface LocalOptions {
  readonly season?: number;
  /** The lengths of all seasons, for models that can take several at once; by default `season` alone. */
  readonly seasons?: readonly number[];
}

/** A model of one series, at the end of what it has seen. */
export interface FittedSeries {
  /** The expected values of the next periods. */
  forecast(horizon: number): Float64Array;
  /** What it said one period ahead, for each period that it has seen; NaN where it could say nothing yet. */
  readonly fitted: Float64Array;
  /** The same model after more periods: its state moves on, nothing is learned anew. */
  update(values: Float64Array): FittedSeries;
}
