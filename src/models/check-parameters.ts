/** Checks a learner's parameters at the door, all of them at once. */
import { checkNumbers, type NumberRule } from '../check-numbers.js';

/** Throws `models-parameter` naming every number of `params` that breaks its rule. */
export function checkParameters<Name extends string>(
  learner: string,
  params: Readonly<Record<Name, unknown>>,
  rules: Readonly<Record<Name, NumberRule>>,
): void {
  checkNumbers({ code: 'models-parameter', of: learner }, params, rules);
}
