/** Rows of the past: the matrix of any series, origins and steps of a panel that was prepared. */
import type { Matrix } from '../../table/matrix.js';
import { featureColumns } from './feature-columns.js';
import type { PreparedPast } from './prepared-past.js';

/** Rows of series and origins. The origin is the first period that is not seen; step 1 forecasts it. */
export interface PastRows {
  readonly matrix: Matrix;
  /** A name for each column of the matrix. */
  readonly names: readonly string[];
  /** The place of each row's series in the panel. */
  readonly series: Int32Array;
  /** The origin of each row, as a place in the panel's periods. */
  readonly origins: Int32Array;
  /** What values of the series are divided by; above 0. */
  readonly scales: Float64Array;
  /** The value of the period that is forecast, not scaled; NaN where it is not known. */
  readonly targets: Float64Array;
  /** 1 where that period was in stock, or nobody says; 0 where it was out, so that the target is a lower bound of demand. */
  readonly available: Uint8Array;
}

/** The rows that are wanted: a series, how many of its periods are seen, and how many periods ahead is forecast. */
export interface RowPlaces {
  readonly series: Int32Array;
  readonly positions: Int32Array;
  readonly steps: Int32Array;
}

/** These rows. Throws `panel-ahead-too-short` where a column of `ahead` does not reach the period that is forecast. */
export function pastRows(prepared: PreparedPast, { series, positions, steps }: RowPlaces): PastRows {
  const of = prepared.panel.series;
  const origins = Int32Array.from(series, (s, row) => of[s]!.start + positions[row]!);
  const scales = Float64Array.from(series, (s, row) => prepared.scale(s, positions[row]!));
  const columns = featureColumns(prepared, { series, positions, steps, origins, scales });
  const target = (row: number): number => positions[row]! + steps[row]! - 1;
  return {
    matrix: { rowCount: series.length, columns: columns.map(({ feature }) => feature) },
    names: columns.map(({ name }) => name),
    ...{ series, origins, scales },
    targets: Float64Array.from(series, (s, row) => of[s]!.values[target(row)] ?? Number.NaN),
    available: Uint8Array.from(series, (s, row) => of[s]!.available?.[target(row)] ?? 1),
  };
}
