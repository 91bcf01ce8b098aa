/** Checks what a policy is told when it is made. */
import { Problem } from '../problem.js';
import { settingIssue } from '../settings.js';

/** Throws `decide-option` unless `holds`. */
export function checkOption(
  holds: boolean,
  policy: string,
  name: string,
  got: unknown,
  expected: string,
): void {
  if (holds) return;
  throw new Problem(settingIssue({ code: 'decide-option', of: policy, name, got, expected }));
}
