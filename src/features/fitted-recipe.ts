/** A recipe that has learned: Table in, Matrix out, the same code at training and at serving. */
import type { JsonObject } from '../json.js';
import { type Issue, Problem } from '../problem.js';
import type { Feature, Matrix } from '../table/matrix.js';
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
      checkColumns(table, columns);
      const features: Feature[] = [];
      for (const step of steps) for (const feature of step.transform(table)) features.push(feature);
      return { rowCount: table.rowCount, columns: features };
    },
    toJSON: (): JsonObject => ({
      columns: columns.map((column) => ({ ...column })),
      steps: steps.map((step) => step.toJSON()),
    }),
  };
  const print = (): string => formatFittedRecipe(columns, outputs);
  Object.defineProperty(recipe, Symbol.for('nodejs.util.inspect.custom'), { value: print });
  return recipe;
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
  const width = Math.max(...columns.map(({ name }) => name.length));
  const lines = columns.map(({ name, levels }) => {
    const features = outputs.filter(({ from }) => from.includes(name)).length;
    const kind = levels ? `text, ${levels.length} levels` : 'numbers';
    return `  ${name.padEnd(width)}  ${kind.padEnd(16)}  in ${features} ${features === 1 ? 'feature' : 'features'}`;
  });
  return [`Fitted recipe: ${columns.length} columns become ${outputs.length} features`, ...lines].join('\n');
}
