/** Text as codes, for trees and naive Bayes. */
import type { Input, Output, Step } from './features.js';
import { learnEach, type Mapping, readEach } from './mapping.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

/** The kind of `codes`. */
export const ordinalKind: StepKind = {
  kind: 'codes',
  takes: 'category',
  gives: 'category',
  remedy: 'hand numbers over as they are, with numbers, or cut them first, with bins',
  learn: (inputs) => learnEach(inputs, ({ output }) => asTheyAre(output)),
  settings: () => ({}),
  read: (learned, inputs) => readEach(learned, inputs, (_, output) => asTheyAre(output)),
};

/**
 * A category feature for each input: codes of the training levels in sorted order; -1 where the text is missing
 * or was never seen in training. Numbers → `features-wrong-kind`.
 *
 * @example
 * features(bank, [ordinal('job', 'month', 'poutcome')]);
 */
export function ordinal<Name extends string>(...inputs: readonly Input<Name>[]): Step<Name> {
  return makeStep(ordinalKind, inputs, {});
}

function asTheyAre(output: Output): Mapping {
  return { outputs: [output], apply: (input) => [input], toJSON: () => ({}) };
}
