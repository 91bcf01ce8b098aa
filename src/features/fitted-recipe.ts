/** A recipe that has learned: Table in, Matrix out, the same code at training and at serving. */
import type { JsonObject } from '../json.js';
import { type Issue, Problem } from '../problem.js';
import { formatTable } from '../table/format-table.js';
import type { Feature, Matrix } from '../table/matrix.js';
import { withText } from '../table/print.js';
import type { Column, Table } from '../table/table.js';
import { usedLevels } from './column-input.js';
import type { FittedRecipe, FittedStep, Output } from './features.js';

/** A column of the table as training found it; `levels` where it is text. */
export interface RecipeColumn {
  readonly name: string;
  readonly levels?: readonly string[];
}

/** The columns as the training rows have them. Throws `features-missing-column`. */
export function recipeColumns(table: Table, names: readonly string[]): RecipeColumn[] {
  const missing = names.filter((name) => !table.has(name));
  if (missing.length > 0) throw new Problem(missing.map(missingColumn));
  return names.map((name) => {
    const column = table.column(name);
    return column.kind === 'category' ? { name, levels: usedLevels(column) } : { name };
  });
}

/** A fitted recipe of these steps. */
export function makeFittedRecipe(
  columns: readonly RecipeColumn[],
  steps: readonly FittedStep[],
): FittedRecipe {
  const outputs = distinctNames(steps.flatMap((step) => step.outputs));
  const recipe: FittedRecipe = {
    columns: columns.map(({ name }) => name),
    outputs,
    levels: new Map(
      columns.flatMap(({ name, levels }) => (levels ? [[name, new Set(levels)] as const] : [])),
    ),
    transform(table): Matrix {
      const features: Feature[] = [];
      try {
        for (const step of steps) for (const feature of step.transform(table)) features.push(feature);
      } catch (error) {
        // A step has met a column that it cannot read: say all that is wrong, not only what came first.
        checkColumns(table, columns);
        throw error;
      }
      return { rowCount: table.rowCount, columns: features };
    },
    toJSON: (): JsonObject => ({
      columns: columns.map((column) => ({ ...column })),
      steps: steps.map((step) => step.toJSON()),
    }),
  };
  return withText(recipe, () => formatFittedRecipe(columns, outputs));
}

function checkColumns(table: Table, columns: readonly RecipeColumn[]): void {
  let issues: Issue[] | undefined;
  for (const column of columns) {
    const issue = columnIssue(table.has(column.name) ? table.column(column.name) : undefined, column);
    if (issue) issues = [...(issues ?? []), issue];
  }
  if (issues) throw new Problem(issues);
}

function columnIssue(found: Column | undefined, { name, levels }: RecipeColumn): Issue | undefined {
  if (!found) return missingColumn(name);
  if ((found.kind === 'category') === (levels !== undefined)) return undefined;
  return {
    code: 'features-wrong-kind',
    what: `column "${name}" holds ${levels ? 'numbers' : 'text'} here, and held ${levels ? 'text' : 'numbers'} in training`,
    where: { column: name },
    remedy: 'read it with the schema it was trained with',
  };
}

function missingColumn(name: string): Issue {
  return {
    code: 'features-missing-column',
    what: `column "${name}" is not in the table, and a feature is made of it`,
    where: { column: name },
    remedy: 'add it, its cells missing if need be',
  };
}

/** Two steps may give columns of one name (`numbers('age')` beside `scale('age')`): the second is called "age (2)". */
function distinctNames(outputs: readonly Output[]): Output[] {
  const uses = new Map<string, number>();
  return outputs.map((output) => {
    const use = (uses.get(output.name) ?? 0) + 1;
    uses.set(output.name, use);
    return use === 1 ? output : { ...output, name: `${output.name} (${use})` };
  });
}

function formatFittedRecipe(columns: readonly RecipeColumn[], outputs: readonly Output[]): string {
  const rows = columns.map(({ name, levels }) => {
    const features = outputs.filter(({ from }) => from.includes(name)).length;
    return [name, levels ? `text, ${levels.length} levels` : 'numbers', String(features)];
  });
  const header = ['column', 'kind', 'features'];
  const head = `Fitted recipe: ${columns.length} columns become ${outputs.length} features`;
  return `${head}\n${formatTable(rows, { header, align: ['left', 'left', 'right'] })}`;
}
