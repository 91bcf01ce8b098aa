/** Numbers with long tails on both sides, drawn in. */
import type { Input, Output, Step } from './features.js';
import { learnEach, type Mapping, numberMapping, readEach } from './mapping.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

/** The kind of `signedLog`. */
export const signedLogKind: StepKind = {
  kind: 'signedLog',
  takes: 'number',
  gives: 'number',
  remedy: 'make text into numbers first, with oneHot or targetMean',
  learn: (inputs) => learnEach(inputs, ({ output }) => logarithm(output)),
  settings: () => ({}),
  read: (learned, inputs) => readEach(learned, inputs, (_, output) => logarithm(output)),
};

/**
 * sign(x) · log(1 + |x|), natural logarithm: for amounts that may be negative, such as a balance. Missing stays NaN.
 * Text → `features-wrong-kind`.
 *
 * @example
 * features(bank, [scale(signedLog('balance'))]);
 */
export function signedLog<Name extends string>(...inputs: readonly Input<Name>[]): Step<Name> {
  return makeStep(signedLogKind, inputs, {});
}

function logarithm({ name, from }: Output): Mapping {
  const output: Output = { name: `log ${name}`, from, kind: 'number' };
  return numberMapping(output, {}, (value) => Math.sign(value) * Math.log1p(Math.abs(value)));
}
