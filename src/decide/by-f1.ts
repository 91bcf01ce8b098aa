/** Cuts where F1 is best on the reference predictions. */
import { Problem } from '../problem.js';
import { type CutoffPolicy, makePolicy } from './make-policy.js';
import type { PolicyOptions } from './policy.js';
import { possibleCuts } from './ranked.js';

/**
 * The cut-off with the highest F1 = 2 · hits / (acted + yes); of several, the highest cut-off. For comparing with
 * what others report: F1 knows no costs. Throws `decide-one-class` where the reference holds no yes.
 *
 * @example
 * byF1({ verb: 'call' }).fit(predictions).cutoff; // the probability at which it begins to call
 */
export function byF1(options: PolicyOptions = {}): CutoffPolicy {
  return makePolicy({
    kind: 'f1',
    name: 'best F1',
    params: { ...options },
    cutoff(reference) {
      const cuts = possibleCuts(reference);
      const yes = cuts[cuts.length - 1]!.hits;
      if (yes === 0) {
        throw new Problem({
          code: 'decide-one-class',
          what: 'F1 has no best cut-off, for no reference row is a yes',
          expected: 'reference predictions with at least one yes',
          remedy: 'use more rows, or decide by money or by capacity',
        });
      }
      const f1 = (acted: number, hits: number): number => (2 * hits) / (acted + yes);
      let best = cuts[0]!;
      for (const cut of cuts) if (f1(cut.acted, cut.hits) > f1(best.acted, best.hits)) best = cut;
      return best.probability;
    },
  });
}
