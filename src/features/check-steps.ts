/** What a schema refuses in steps, said all at once: late, unknown and forbidden columns, and kinds that do not fit. */
import type { JsonObject } from '../json.js';
import { type Issue, listNames, Problem } from '../problem.js';
import type { Schema, SchemaColumn } from '../schema/schema.js';
import { didYouMean } from '../table/nearest-name.js';
import { describeStep } from './describe-step.js';
import type { Step } from './features.js';
import { stepKinds } from './registry.js';
import { wrongKind } from './step.js';
import type { SignalKind } from './step-kind.js';

/** Throws a `Problem` with every issue of `steps`. */
export function checkSteps(schema: Schema, steps: readonly Step[]): void {
  const issues: Issue[] = [];
  if (steps.length === 0) {
    issues.push({ code: 'features-no-step', what: 'the recipe has no steps', expected: 'at least one' });
  }
  const byName = new Map(schema.columns.map((column) => [column.name, column]));
  for (const name of new Set(steps.flatMap((step) => step.columns))) {
    const issue = columnIssue(schema, name);
    if (issue) issues.push(issue);
  }
  // Kinds are looked at only where the columns are right: one mistake, one sentence.
  if (issues.length === 0) for (const step of steps) kindOf(step, byName, issues);
  if (issues.length > 0) throw new Problem(issues);
}

/** Why the column cannot be a feature; undefined where it can. */
export function columnIssue(schema: Schema, name: string): Issue | undefined {
  const column = schema.columns.find((one) => one.name === name);
  const where = { column: name };
  if (name === schema.target.name) {
    return {
      code: 'features-target-column',
      what: `column "${name}" cannot be a feature: it is what is predicted`,
      where,
      remedy: 'leave it out',
    };
  }
  if (!column) {
    return {
      code: 'features-unknown-column',
      what: `column "${name}" is not in the schema`,
      where,
      expected: `one of ${listNames(schema.before, { last: 'or' })}`,
      remedy: didYouMean(name, schema.before),
    };
  }
  if (column.known !== 'before') {
    const because = column.type.because ? ` (${column.type.because})` : '';
    return {
      code: 'features-late-column',
      what: `column "${name}" cannot be a feature: it is only known after ${schema.moment}${because}`,
      where,
      remedy: 'leave it out, or move it to `before` if that is wrong',
    };
  }
  if (column.type.kind === 'id') {
    return {
      code: 'features-id-column',
      what: `column "${name}" cannot be a feature: it is an id, and names rows instead of describing them`,
      where,
      remedy: 'leave it out, or declare it as a number or a category if it describes something',
    };
  }
  return undefined;
}

/** The kind that a step of the registry gives; its inputs are checked on the way. */
function kindOf(
  step: { readonly kind: string; readonly params: JsonObject },
  columns: ReadonlyMap<string, SchemaColumn>,
  issues: Issue[],
): SignalKind | undefined {
  const kind = stepKinds.get(step.kind);
  if (!kind) return undefined; // a step made elsewhere answers for itself when it is fitted
  for (const input of step.params.inputs as readonly (string | { kind: string; params: JsonObject })[]) {
    const found = typeof input === 'string' ? columnKind(columns.get(input)) : kindOf(input, columns, issues);
    if (found === undefined || kind.takes === undefined || found === kind.takes) continue;
    issues.push(
      wrongKind(kind, typeof input === 'string' ? { column: input } : { step: describeStep(input) }, found),
    );
  }
  return kind.gives;
}

function columnKind(column: SchemaColumn | undefined): SignalKind | undefined {
  if (!column) return undefined;
  return column.type.kind === 'number' || column.type.kind === 'date' ? 'number' : 'category';
}
