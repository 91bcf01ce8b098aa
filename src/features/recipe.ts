/** Steps bound to a schema: `features(schema, steps)`. */
import type { JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import type { KnownBefore, Schema } from '../schema/schema.js';
import type { Feature } from '../table/matrix.js';
import { withText } from '../table/print.js';
import { checkSteps } from './check-steps.js';
import { describeStep } from './describe-step.js';
import type { FittedStep, Recipe, Step } from './features.js';
import { makeFittedRecipe, recipeColumns } from './fitted-recipe.js';

/**
 * A recipe for a Matrix. In typed code a step that names a column not known before the moment of prediction does not
 * compile; at run time every such column is refused, all at once: `features-late-column`, `features-unknown-column`,
 * `features-id-column`, `features-target-column`, `features-wrong-kind`; and `features-no-step` for an empty list.
 *
 * @example
 * const recipe = features(bank, [oneHot('job', 'month'), scale('age', signedLog('balance'))]);
 * const { recipe: fitted, matrix } = recipe.fit(train.table, { targets: labels, seed: 7, ordered: true });
 * fitted.transform(test.table);
 */
export function features<S extends Schema>(schema: S, steps: readonly Step<KnownBefore<S>>[]): Recipe {
  checkSteps(schema, steps);
  return makeRecipe(schema.moment, steps);
}

/** A recipe without a step, for what answers every row alike. */
export function noFeatures({ moment }: Pick<Schema, 'moment'>): Recipe {
  return makeRecipe(moment, []);
}

function makeRecipe(moment: string, steps: readonly Step[]): Recipe {
  const columns = [...new Set(steps.flatMap((step) => step.columns))];
  const recipe: Recipe = {
    columns,
    steps,
    fit(table, context) {
      const { targets } = context;
      if (table.rowCount === 0 || targets.length !== table.rowCount) {
        throw new Problem({
          code: 'features-rows',
          what: `a recipe was given ${table.rowCount} rows and ${targets.length} targets to learn from`,
          expected: 'one row or more, and as many targets',
        });
      }
      const described = recipeColumns(table, columns);
      const fitted: FittedStep[] = [];
      const matrixColumns: Feature[] = [];
      for (const step of steps) {
        const result = step.fit(table, context);
        fitted.push(result.step);
        for (const feature of result.outputs) matrixColumns.push(feature);
      }
      return {
        recipe: makeFittedRecipe(described, fitted),
        matrix: { rowCount: table.rowCount, columns: matrixColumns },
      };
    },
    toJSON: (): JsonObject => ({ steps: steps.map(({ kind, params }) => ({ kind, params })) }),
  };
  return withText(recipe, () => {
    const many = steps.length === 1 ? 'step' : 'steps';
    const head = `Recipe: ${steps.length} ${many} on ${columns.length} columns known before ${moment}`;
    return [head, ...steps.map((step) => `  ${describeStep(step)}`)].join('\n');
  });
}
