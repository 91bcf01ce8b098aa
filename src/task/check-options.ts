/** The check of numbers that a protocol, a split or a metric is told. */
import { checkNumbers, type NumberRule } from '../check-numbers.js';

/** Throws one `Problem` (`evaluate-bad-setting`) with all options that are not what they must be. */
export function checkOptions<Name extends string>(
  values: Readonly<Record<Name, unknown>>,
  rules: Readonly<Record<Name, NumberRule>>,
): void {
  checkNumbers({ code: 'evaluate-bad-setting' }, values, rules);
}
