/** Acts where the predicted number is large enough. */
import { checkOption } from './check-option.js';
import { type CutoffPolicy, makePolicy } from './make-policy.js';
import type { PolicyOptions } from './policy.js';

/** What `byThreshold` takes. */
export interface ThresholdOptions extends PolicyOptions {
  /** The predicted number from which on it acts, in the unit of the target. */
  atLeast: number;
}

/**
 * For a target that is a number: acts where the prediction is at least `atLeast`. On held-out rows it counts as a hit
 * where the true number was as large, too. Throws `decide-option`.
 *
 * @example
 * const policy = byThreshold({ atLeast: 100, verb: 'order' }).fit({
 *   targets: Float64Array.of(90, 120),
 *   predicted: Float64Array.of(105, 110),
 * });
 * policy.expected.hits // → 1
 */
export function byThreshold({ atLeast, ...options }: ThresholdOptions): CutoffPolicy {
  checkOption(Number.isFinite(atLeast), 'byThreshold', 'atLeast', atLeast, 'a finite number');
  return makePolicy({
    kind: 'threshold',
    name: `at least ${atLeast}`,
    params: { ...options, atLeast },
    target: 'number',
    isYes: (target) => target >= atLeast,
    cutoff: () => atLeast,
  });
}
