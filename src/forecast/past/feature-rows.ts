/** The rows of a matrix of the past, and how one column is read for all of them. */
import type { Feature } from '../../table/matrix.js';

/** The rows that are read. */
export interface RowsAt {
  readonly series: Int32Array;
  /** How many periods of its series a row has seen. */
  readonly positions: Int32Array;
  /** The same as a place in the panel's periods. */
  readonly origins: Int32Array;
  readonly scales: Float64Array;
  /** How many periods ahead each row forecasts: 1 for its origin. */
  readonly steps: Int32Array;
}

/** A column and its name. */
export interface NamedFeature {
  readonly name: string;
  readonly feature: Feature;
}

/** A number for each row: what is asked of it is its series, the periods seen, and its place among the rows. */
export type Reader = (series: number, position: number, row: number) => number;

/** A column of numbers. */
export function numberFeature(name: string, { series, positions }: RowsAt, read: Reader): NamedFeature {
  const values = new Float64Array(series.length);
  for (let row = 0; row < values.length; row++) values[row] = read(series[row]!, positions[row]!, row);
  return { name, feature: { kind: 'number', values } };
}
