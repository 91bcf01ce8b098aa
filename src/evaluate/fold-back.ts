/** Folds a model's contributions back from the matrix's columns to the table's: "job", not "job=retired". */
import type { FittedRecipe } from '../features/features.js';
import type { Contributions, ContributionUnit } from '../models/models.js';

/** How much each of the table's columns adds to a row's score. Row-major, as `Contributions`. */
export interface ColumnContributions {
  readonly unit: ContributionUnit;
  readonly base: number;
  readonly columns: readonly string[];
  readonly values: Float64Array;
}

/**
 * Sums contributions by the table's columns. A feature made of several columns (a cross) is shared out among them in
 * equal parts, as Shapley values share what several players achieve together.
 */
export function foldBack(contributions: Contributions, recipe: FittedRecipe): ColumnContributions {
  const { base, columnCount, unit = 'log-odds', values } = contributions;
  const columns = recipe.columns;
  const owners = recipe.outputs.map(({ from }) => from.map((name) => columns.indexOf(name)));
  const rowCount = columnCount === 0 ? 0 : values.length / columnCount;
  const folded = new Float64Array(rowCount * columns.length);
  for (let i = 0; i < rowCount; i++) {
    for (let j = 0; j < columnCount; j++) {
      const share = values[i * columnCount + j]! / owners[j]!.length;
      for (const owner of owners[j]!) folded[i * columns.length + owner]! += share;
    }
  }
  return { unit, base, columns, values: folded };
}
