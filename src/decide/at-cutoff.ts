/** Cuts where it is told to. */
import { checkOption } from './check-option.js';
import { type CutoffPolicy, makePolicy } from './make-policy.js';
import type { PolicyOptions } from './policy.js';

/**
 * Acts on probabilities of at least `cutoff`, a number from 0 to 1. Throws `decide-option`.
 *
 * @example
 * const policy = atCutoff(0.3, { verb: 'call' }).fit(predictions);
 * policy.decide(0.31) // → 'act'
 */
export function atCutoff(cutoff: number, options: PolicyOptions = {}): CutoffPolicy {
  checkOption(cutoff >= 0 && cutoff <= 1, 'atCutoff', 'cutoff', cutoff, 'a number from 0 to 1');
  return makePolicy({
    kind: 'cutoff',
    name: `cut-off ${cutoff}`,
    params: { ...options, cutoff },
    cutoff: () => cutoff,
  });
}
