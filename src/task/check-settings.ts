/** The check of numbers that a protocol, a split or a score is set by. */
import { checkNumbers, type NumberRule } from '../settings.js';

/** Throws one `Problem` (`evaluate-bad-setting`) with all settings that are not what they must be. */
export function checkSettings<Name extends string>(
  values: Readonly<Record<Name, unknown>>,
  rules: Readonly<Record<Name, NumberRule>>,
): void {
  checkNumbers({ code: 'evaluate-bad-setting' }, values, rules);
}
