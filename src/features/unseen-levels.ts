/** Counts texts that training never saw: the first sign that the world has moved. */
import type { Table } from '../table/table.js';
import type { FittedRecipe } from './features.js';

/** How many rows of each text column say something that training never saw; only columns with at least one. */
export function unseenLevels(
  recipe: Pick<FittedRecipe, 'levels'>,
  table: Table,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [name, levels] of recipe.levels) {
    const column = table.categories(name);
    const unseen = column.levels.map((level) => !levels.has(level));
    let count = 0;
    for (const code of column.codes) if (code >= 0 && unseen[code]) count++;
    if (count > 0) counts.set(name, count);
  }
  return counts;
}
