/** Reads recipes back: unfitted ones for worker threads, fitted ones from an artefact; both are checked on the way in. */
import { JsonReader } from '../json.js';
import type { Schema } from '../schema/schema.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import type { FittedRecipe, Recipe } from './features.js';
import { makeFittedRecipe, type RecipeColumn } from './fitted-recipe.js';
import { features } from './recipe.js';
import { stepKinds } from './registry.js';
import { readFittedStep, readStep } from './step.js';

/** The recipe that `recipe.toJSON()` saved, bound to `schema` again and checked as `features` checks. */
export function recipeFromJson(schema: Schema, json: unknown): Recipe {
  const steps = new JsonReader(json).field('steps').items();
  return features(
    schema,
    steps.map((step) => readStep(step, stepKinds)),
  );
}

/**
 * The fitted recipe that `fitted.toJSON()` saved; it transforms to the same bits.
 * Throws `artefact-structure` with a JSON Pointer where anything is missing, out of range or inconsistent.
 */
export function fittedRecipeFromJson(json: unknown): FittedRecipe {
  const reader = new JsonReader(json);
  const columns = reader
    .field('columns')
    .items()
    .map((column): RecipeColumn => {
      const name = column.field('name').string();
      const levels = column.optional('levels')?.strings();
      return levels ? { name, levels } : { name };
    });
  const steps = reader.field('steps').items();
  const fitted = steps.map((step) => readFittedStep(step, stepKinds));
  const names = new Set(columns.map(({ name }) => name));
  if (names.size !== columns.length) reader.field('columns').fail('columns that all differ');
  // A step that cannot read the recipe's own columns is refused now, not at the first request.
  const nothing = table(
    columns.map(({ name, levels }) => (levels ? categoryColumn(name, [null]) : numberColumn(name, [null]))),
  );
  fitted.forEach((step, i) => {
    try {
      step.transform(nothing);
    } catch {
      steps[i]!.fail('a step on the columns of this recipe, of their kind');
    }
  });
  return makeFittedRecipe(columns, fitted);
}
