/** A model's contributions, for wrappers that work on its log-odds. */
import type { Feature, Matrix, Shape } from '../table/matrix.js';
import type { Contributions, Model } from './models.js';

/**
 * The model's `contributions` where they add up to its log-odds; undefined where it has none or, as forests do, splits
 * the probability itself, which says nothing exact about log-odds.
 */
export function logOddsContributions(model: Model): ((matrix: Matrix) => Contributions) | undefined {
  if (!model.contributions) return undefined;
  // The unit is said with an answer only, so ask about no rows.
  const { unit } = model.contributions(emptyMatrix(model.shape));
  return unit === 'probability' ? undefined : (matrix) => model.contributions!(matrix);
}

function emptyMatrix(shape: Shape): Matrix {
  const columns = shape.map((column): Feature => {
    if (column.kind === 'number') return { kind: 'number', values: new Float64Array(0) };
    return { ...column, codes: new Int32Array(0) };
  });
  return { rowCount: 0, columns };
}
