/** What decides where nothing else was said. */
import type { TargetKind } from '../table/matrix.js';
import { atCutoff } from './at-cutoff.js';
import { byMostLikely } from './by-most-likely.js';
import { noDecision } from './no-decision.js';
import type { Policy } from './policy.js';

const policies: Readonly<Record<TargetKind, () => Policy>> = {
  yesNo: () => atCutoff(0.5),
  number: () => noDecision('number'),
  category: () => byMostLikely(),
};

/** A cut-off of one half, no decision on a number, or the most likely class. */
export function defaultPolicy(kind: TargetKind): Policy {
  return policies[kind]();
}
