/** Numbers as they are, for the learners that need nothing else. */
import type { Input, Output, Step } from './features.js';
import { learnEach, type Mapping, readEach } from './mapping.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

/** The kind of `numbers`. */
export const numbersKind: StepKind = {
  kind: 'numbers',
  takes: 'number',
  gives: 'number',
  remedy: 'make text into numbers with oneHot or targetMean, or hand it to trees with codes',
  learn: (inputs) => learnEach(inputs, ({ output }) => asTheyAre(output)),
  settings: () => ({}),
  read: (learned, inputs) => readEach(learned, inputs, (_, output) => asTheyAre(output)),
};

/**
 * The values as they are; missing stays NaN, which trees can bear. A date is its instant in milliseconds.
 * Text → `features-wrong-kind`.
 *
 * @example
 * features(bank, [numbers('age', 'balance', 'pdays')]);
 */
export function numbers<Name extends string>(...inputs: readonly Input<Name>[]): Step<Name> {
  return makeStep(numbersKind, inputs, {});
}

function asTheyAre(output: Output): Mapping {
  return { outputs: [output], apply: (input) => [input], toJSON: () => ({}) };
}
