/** Makes policies: what they have in common is written here, once. */
import type { JsonObject } from '../json.js';
import { type Issue, Problem, show } from '../problem.js';
import { withText } from '../table/print.js';
import { describePolicy } from './describe-policy.js';
import { outcomeOf } from './outcome.js';
import { outcomeToJson } from './outcome-json.js';
import type { FittedPolicy, Judged, Money, Policy, PolicyOutcome } from './policy.js';

/** What tells one kind of policy from another. */
export interface PolicyRule {
  readonly kind: string;
  readonly name: string;
  readonly params: JsonObject;
  readonly money?: Money;
  /** The cut-off for rows of the reference, which are checked: rows of at least this probability are acted on. */
  cutoff(reference: Judged): number;
  /** How many rows of a batch at most; undefined where the cut-off alone decides. */
  readonly mostPerBatch?: number;
}

/** The policy of a rule. Its `fit` throws `decide-reference` for rows that cannot teach it. */
export function makePolicy(rule: PolicyRule): Policy {
  const policy: Policy = {
    kind: rule.kind,
    name: rule.name,
    params: rule.params,
    money: rule.money,
    fit(reference) {
      checkReference(reference);
      const cutoff = rule.cutoff(reference);
      const expected = outcomeOf(above(reference.predicted, cutoff), reference, rule.money);
      return policy.restore(cutoff, expected);
    },
    restore: (cutoff, expected) => makeFitted(policy, rule.mostPerBatch, cutoff, expected),
  };
  return withText(
    policy,
    ({ name }) => `Policy: ${name} (fit it on held-out predictions to learn its cut-off)`,
  );
}

function makeFitted(
  policy: Policy,
  mostPerBatch: number | undefined,
  cutoff: number,
  expected: PolicyOutcome,
): FittedPolicy {
  const fitted: FittedPolicy = {
    policy,
    cutoff,
    expected,
    decide: (probability) => (probability >= cutoff ? 'act' : 'skip'),
    perBatch: mostPerBatch,
    choose: (probabilities, most = mostPerBatch) =>
      most === undefined ? above(probabilities, cutoff) : highest(probabilities, most),
    toJSON: () => ({ kind: policy.kind, params: policy.params, cutoff, expected: outcomeToJson(expected) }),
  };
  return withText(fitted, describePolicy);
}

/** The `most` highest of a batch; of equals at the edge, those that stand first. */
function highest(probabilities: Float64Array, most: number): Uint8Array {
  const order = Uint32Array.from(probabilities, (_, row) => row);
  order.sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  const chosen = new Uint8Array(probabilities.length);
  for (const row of order.subarray(0, most)) chosen[row] = 1;
  return chosen;
}

function above(probabilities: Float64Array, cutoff: number): Uint8Array {
  return Uint8Array.from(probabilities, (probability) => (probability >= cutoff ? 1 : 0));
}

function checkReference({ predicted: probabilities, targets: labels }: Judged): void {
  const issues: Issue[] = [];
  const code = 'decide-reference';
  if (probabilities.length === 0 || labels.length !== probabilities.length) {
    issues.push({
      code,
      what: `a policy was given ${probabilities.length} probabilities and ${labels.length} labels to learn from`,
      expected: 'one or more, and as many of each',
    });
  }
  const wrong = probabilities.findIndex((probability) => !(probability >= 0 && probability <= 1));
  if (wrong >= 0) {
    issues.push({
      code,
      what: 'not a probability',
      where: { row: wrong },
      got: show(probabilities[wrong]),
      expected: 'a number from 0 to 1',
    });
  }
  if (issues.length > 0) throw new Problem(issues);
}
