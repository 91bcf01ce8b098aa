/** Checks what a policy is told when it is made. */

import { optionIssue } from '../check-numbers.js';
import { Problem } from '../problem.js';

/** Throws `decide-option` unless `holds`. */
export function checkOption(
  holds: boolean,
  policy: string,
  name: string,
  got: unknown,
  expected: string,
): void {
  if (holds) return;
  throw new Problem(optionIssue({ code: 'decide-option', of: policy, name, got, expected }));
}
