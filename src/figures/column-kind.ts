/** Refuses a column whose values a figure cannot draw. */
import { Problem } from '../problem.js';
import type { Column } from '../table/table.js';

/** A `Problem` with the code `figure-wrong-kind`. */
export function wrongKind({ name, kind }: Column, expected: string, remedy: string): Problem {
  const what = `the column holds ${kind === 'category' ? 'text' : `${kind}s`}`;
  return new Problem({ code: 'figure-wrong-kind', what, where: { column: name }, expected, remedy });
}
