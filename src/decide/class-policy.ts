/** Makes policies that decide for one of several classes. */
import type { JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import { withText } from '../table/print.js';
import { describePolicy } from './describe-policy.js';
import { noRank } from './no-rank.js';
import { countedOutcome } from './outcome.js';
import { outcomeToJson } from './outcome-json.js';
import type { FittedPolicy, Judged, Policy, PolicyOutcome } from './policy.js';

/** What tells one kind of class policy from another. */
export interface ClassRule {
  readonly kind: string;
  readonly name: string;
  readonly params: JsonObject;
  /**
   * The choice for these classes: from the probabilities of a row to the place of a class. Throws where its settings do not
   * fit the classes.
   */
  chooser(classes: readonly string[]): (probabilities: Float64Array) => number;
}

/** A policy of classes, and how it comes back from an artefact. */
export interface ClassPolicy extends Policy {
  restore(classes: readonly string[], expected: PolicyOutcome): FittedPolicy;
}

/** The policy of a rule. Its `fit` throws `decide-reference` where it is not told the classes. */
export function makeClassPolicy(rule: ClassRule): ClassPolicy {
  const policy: ClassPolicy = {
    kind: rule.kind,
    name: rule.name,
    params: rule.params,
    target: 'category',
    money: undefined,
    fit(reference, target) {
      const classes = target?.classes ?? [];
      if (classes.length === 0) {
        throw new Problem({
          code: 'decide-reference',
          what: `the policy "${rule.name}" decides for a class and was not told the classes`,
          remedy: 'give fit the target of the model: policy.fit(predictions, model.target)',
        });
      }
      return policy.restore(classes, outcomeOf(reference, rule.chooser(classes)));
    },
    restore(classes, expected) {
      const choose = rule.chooser(classes);
      const fitted: FittedPolicy = {
        policy,
        cutoff: undefined,
        decisions: classes,
        expected,
        decide: (answer) => classes[choose(typeof answer === 'number' ? Float64Array.of(answer) : answer)]!,
        perBatch: undefined,
        choose: () => {
          throw noRank(rule.name);
        },
        outcome: (heldOut) => outcomeOf(heldOut, choose),
        shareByCutoff: () => Number.NaN,
        toJSON: () => ({
          kind: policy.kind,
          params: policy.params,
          classes: [...classes],
          expected: outcomeToJson(expected),
        }),
      };
      return withText(fitted, describePolicy);
    },
  };
  return withText(policy, ({ name }) => `Policy: ${name}`);
}

/** Every row is decided; a hit is a row whose class came true, and what was to be expected the sum of its probabilities. */
function outcomeOf(
  { targets, predicted }: Judged,
  choose: (probabilities: Float64Array) => number,
): PolicyOutcome {
  const width = predicted.length / targets.length;
  let [hits, expectedHits] = [0, 0];
  for (let i = 0; i < targets.length; i++) {
    const probabilities = predicted.subarray(i * width, (i + 1) * width);
    const chosen = choose(probabilities);
    expectedHits += probabilities[chosen]!;
    if (chosen === targets[i]) hits++;
  }
  const rows = targets.length;
  return countedOutcome({ rows, acted: rows, hits, yes: rows, expectedHits: Math.min(rows, expectedHits) });
}
