/** Checks the settings of steps when they are made, and the forms their inputs may take. */
import { Problem } from '../problem.js';
import { settingIssue } from '../settings.js';
import type { Input } from './features.js';

/** Throws `features-setting` unless `holds`. */
export function checkSetting(
  holds: boolean,
  kind: string,
  name: string,
  got: unknown,
  expected: string,
): void {
  if (holds) return;
  throw new Problem(settingIssue({ code: 'features-setting', of: kind, name, got, expected }));
}

/** One input, or several, as several. */
export function listInputs<Name extends string>(
  inputs: Input<Name> | readonly Input<Name>[],
): readonly Input<Name>[] {
  return typeof inputs === 'string' || 'kind' in inputs ? [inputs] : inputs;
}
