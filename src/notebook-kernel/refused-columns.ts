/** A column that a feature may not use, in the words of the library: the compiler only says which types do not fit. */
import { columnIssue } from '../features/check-steps.js';
import { formatIssue } from '../problem.js';
import type { Schema } from '../schema/schema.js';
import { didYouMean } from '../table/nearest-name.js';

/**
 * A sentence for each refused column, where the compiler's complaints about one place are about columns of a schema; none
 * where they are not. `variables` are the values of the cells before: the schema is looked for among them.
 */
export function refusedColumns(complaints: readonly string[], variables: Iterable<unknown>): string[] {
  const unions = complaints.map(unionsOf).filter((one) => one !== undefined);
  const known = new Set(unions.flatMap(({ allowed }) => allowed));
  const refused = [...new Set(unions.flatMap(({ given }) => given))].filter((name) => !known.has(name));
  if (refused.length === 0) return [];
  for (const schema of schemasIn(variables)) {
    if (![...known].every((name) => schema.before.includes(name))) continue;
    const issues = refused.map((name) => columnIssue(schema, name)).filter((issue) => issue !== undefined);
    if (issues.length > 0) return issues.map((issue) => formatIssue(issue));
  }
  // The schema is declared in this cell, of which nothing has run.
  if (!complaints.some((text) => text.includes('Step<'))) return [];
  return refused.map((name) =>
    formatIssue({
      code: 'features-late-column',
      what: `column "${name}" cannot be a feature: the schema does not know it before the moment of prediction`,
      remedy: didYouMean(name, [...known]) ?? 'leave it out, or move it to `before` if that is wrong',
    }),
  );
}

/** The names on both sides of "Type '"a" | "b"' is not assignable to type '"a" | "c"'". */
function unionsOf(complaint: string): { given: string[]; allowed: string[] } | undefined {
  const [, given, allowed] =
    /^(?:Type|Argument of type) '([^']*)' is not assignable to (?:type|parameter of type) '([^']*)'/.exec(
      complaint,
    ) ?? [];
  const names = (type: string): string[] =>
    [...type.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, name]) => name!);
  if (!given?.includes('"') || !allowed?.includes('"')) return undefined;
  return { given: names(given), allowed: names(allowed) };
}

function schemasIn(variables: Iterable<unknown>): Schema[] {
  const found = new Set<Schema>();
  for (const value of variables) {
    const own = (value as { schema?: unknown } | null | undefined)?.schema;
    for (const one of [value, own]) if (isSchema(one)) found.add(one);
  }
  return [...found];
}

function isSchema(value: unknown): value is Schema {
  const { moment, before, columns, target } = (value ?? {}) as Partial<Schema>;
  return (
    typeof moment === 'string' && Array.isArray(before) && Array.isArray(columns) && target !== undefined
  );
}
