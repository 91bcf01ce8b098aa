/** Checks what a step is told when it is made, and the forms its inputs may take. */

import { optionIssue } from '../check-numbers.js';
import { Problem } from '../problem.js';
import type { Input } from './features.js';

/** Throws `features-setting` unless `holds`. */
export function checkOption(
  holds: boolean,
  kind: string,
  name: string,
  got: unknown,
  expected: string,
): void {
  if (holds) return;
  throw new Problem(optionIssue({ code: 'features-setting', of: kind, name, got, expected }));
}

/** One input, or several, as several. */
export function listInputs<Name extends string>(
  inputs: Input<Name> | readonly Input<Name>[],
): readonly Input<Name>[] {
  return typeof inputs === 'string' || 'kind' in inputs ? [inputs] : inputs;
}
