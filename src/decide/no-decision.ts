/** Decides nothing: the answer is the prediction alone. */
import type { TargetKind } from '../table/matrix.js';
import { withText } from '../table/print.js';
import { describePolicy } from './describe-policy.js';
import { noRank } from './no-rank.js';
import { countedOutcome } from './outcome.js';
import type { FittedPolicy, Policy } from './policy.js';

/** What nothing decided comes to. */
const nothing = countedOutcome({ rows: 1, acted: 0, hits: 0, yes: 0, expectedHits: 0 });

/**
 * The policy of a model that only predicts, such as one of a number that somebody else plans with.
 *
 * @example
 * noDecision().name // → 'no decision'
 */
export function noDecision(target: TargetKind = 'number'): Policy {
  const policy: Policy = {
    kind: 'none',
    name: 'no decision',
    params: { target },
    target,
    money: undefined,
    fit: () => {
      const fitted: FittedPolicy = {
        policy,
        cutoff: undefined,
        decisions: [],
        expected: nothing,
        decide: () => '',
        perBatch: undefined,
        choose: () => {
          throw noRank(policy.name);
        },
        outcome: () => nothing,
        shareByCutoff: () => Number.NaN,
        toJSON: () => ({ kind: policy.kind, params: policy.params }),
      };
      return withText(fitted, describePolicy);
    },
  };
  return withText(policy, () => 'Policy: no decision');
}
