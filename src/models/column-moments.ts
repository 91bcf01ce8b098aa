/** Means and squares of a design's columns, and the units in which gradients are judged. */
import type { Design } from './design.js';
import type { LogisticLoss } from './logistic-loss.js';

/** Weighted means and sums of squares, column by column, and the sum of the weights. */
export interface ColumnMoments {
  readonly means: Float64Array;
  readonly squares: Float64Array;
  readonly total: number;
}

export function columnMoments(design: Design, weights: Float64Array): ColumnMoments {
  const { rowCount, width, starts, indices, values } = design;
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let i = 0; i < rowCount; i++) {
    const weight = weights[i]!;
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const value = values[at]!;
      means[indices[at]!]! += weight * value;
      squares[indices[at]!]! += weight * value * value;
    }
  }
  const total = squares[width - 1]!;
  return { means: means.map((sum) => sum / total), squares, total };
}

/** What a gradient's components are divided by, so that they are those of the mean loss for columns of deviation 1. */
export function gradientUnits(loss: LogisticLoss): Float64Array {
  const { means, squares, total } = columnMoments(loss.design, loss.weights);
  return squares.map((square, j) => {
    if (j === squares.length - 1) return total;
    const variance = square / total - means[j]! * means[j]!;
    return (
      total * (variance > 1e-12 * (square / total) ? Math.sqrt(variance) : Math.max(1, Math.abs(means[j]!)))
    );
  });
}
