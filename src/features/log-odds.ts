/** Shares as log-odds, the scale on which linear models add up. */
import type { Input, Output, Step } from './features.js';
import { learnEach, type Mapping, numberMapping, readEach } from './mapping.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

/** Shares are kept this far from 0 and 1, whose log-odds are infinite. */
const edge = 1e-4;

/** The kind of `logOdds`. */
export const logOddsKind: StepKind = {
  kind: 'logOdds',
  takes: 'number',
  gives: 'number',
  remedy: 'make text into numbers first, with oneHot or targetMean',
  learn: (inputs) => learnEach(inputs, ({ output }) => ofShare(output)),
  settings: () => ({}),
  read: (learned, inputs) => readEach(learned, inputs, (_, output) => ofShare(output)),
};

/**
 * log(p / (1 − p)), natural logarithm, of shares between 0 and 1 (a trailing rate, a target mean); what lies nearer than
 * .0001 to an end, or beyond it, is taken as .0001 or .9999. Missing stays NaN. Text → `features-wrong-kind`.
 *
 * @example
 * features(bank, [scale(logOdds(targetMean('job')))]);
 */
export function logOdds<Name extends string>(...inputs: readonly Input<Name>[]): Step<Name> {
  return makeStep(logOddsKind, inputs, {});
}

function ofShare({ name, from }: Output): Mapping {
  const output: Output = { name: `log-odds of ${name}`, from, kind: 'number' };
  return numberMapping(output, {}, (value) => {
    const share = Math.min(Math.max(value, edge), 1 - edge);
    return Math.log(share / (1 - share));
  });
}
