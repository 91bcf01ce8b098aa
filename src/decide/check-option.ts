/** Checks what a policy is told when it is made. */
import { Problem, show } from '../problem.js';

/** Throws `decide-option` unless `holds`. */
export function checkOption(
  holds: boolean,
  policy: string,
  name: string,
  got: unknown,
  expected: string,
): void {
  if (holds) return;
  throw new Problem({
    code: 'decide-option',
    what: `"${name}" of ${policy} cannot be this`,
    got: show(got),
    expected,
  });
}
