/** Decides for the most likely class. */
import { mostLikely } from '../task/metrics/most-likely.js';
import { type ClassPolicy, makeClassPolicy } from './class-policy.js';

/**
 * For a target of several classes: the class of the highest probability, of equals the first.
 *
 * @example
 * byMostLikely().name // → 'the most likely class'
 */
export function byMostLikely(): ClassPolicy {
  return makeClassPolicy({
    kind: 'most-likely',
    name: 'the most likely class',
    params: {},
    chooser: () => (probabilities) => mostLikely(probabilities, 0, probabilities.length),
  });
}
