/** What a model says on average as one column takes one value after another. */
import type { Feature, Matrix } from '../table/matrix.js';
import type { Model } from './models.js';

/** The curve of one column. */
export interface PartialDependence {
  /** The values the column was given, rising; for a category its codes. */
  readonly at: Float64Array;
  /** The mean probability over the rows, for each of them. */
  readonly probabilities: Float64Array;
}

/**
 * Partial dependence (Friedman 2001): for each of at most `points` values (quantiles of the column, 20 by default;
 * every code of a category), all rows are given that value, and the predictions averaged. Where the column hangs
 * together with others, this asks about rows that do not exist. Time: points × rows.
 */
export function partialDependence(
  model: Model,
  matrix: Matrix,
  { column, points = 20 }: { column: number; points?: number },
): PartialDependence {
  const feature = matrix.columns[column]!;
  const at = feature.kind === 'number' ? quantiles(feature.values, points) : codes(feature.levels);
  const probabilities = at.map((value) => {
    const columns = matrix.columns.map((other, j) => (j === column ? constant(feature, value) : other));
    const predicted = model.predict({ ...matrix, columns });
    return predicted.reduce((sum, p) => sum + p, 0) / predicted.length;
  });
  return { at, probabilities };
}

function constant(feature: Feature, value: number): Feature {
  return feature.kind === 'number'
    ? { kind: 'number', values: feature.values.map(() => value) }
    : { ...feature, codes: feature.codes.map(() => value) };
}

function codes(levels: number): Float64Array {
  return Float64Array.from({ length: levels }, (_, code) => code);
}

function quantiles(values: Float64Array, points: number): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const picked = Array.from({ length: points }, (_, k) => {
    const place = points > 1 ? (k * (sorted.length - 1)) / (points - 1) : (sorted.length - 1) / 2;
    return sorted[Math.round(place)]!;
  });
  return Float64Array.from(sorted.length > 0 ? new Set(picked) : []);
}
