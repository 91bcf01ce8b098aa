/** Makes policies: what they have in common is written here, once. */
import type { JsonObject } from '../json.js';
import { type Issue, Problem, show } from '../problem.js';
import type { Targets } from '../table/matrix.js';
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
  /** By default yes or no. */
  readonly target?: 'yesNo' | 'number';
  /** Whether a target counts as a yes; by default it is its own label. */
  readonly isYes?: (target: number) => boolean;
  /** The cut-off for rows of the reference, which are checked: rows of at least this probability are acted on. */
  cutoff(reference: Judged): number;
  /** How many rows of a batch at most; undefined where the cut-off alone decides. */
  readonly mostPerBatch?: number;
  /** How many rows a batch has; undefined where that was not said. */
  readonly listRows?: number;
}

/** A policy that cuts, and can be restored with a cut-off that it learned before, as an artefact keeps it. */
export interface CutoffPolicy extends Policy {
  fit(reference: Judged): FittedCutoff;
  restore(cutoff: number, expected: PolicyOutcome): FittedCutoff;
}

/** A fitted policy that cuts. */
export interface FittedCutoff extends FittedPolicy {
  readonly cutoff: number;
}

/** The policy of a rule. Its `fit` throws `decide-reference` for rows that cannot teach it. */
export function makePolicy(rule: PolicyRule): CutoffPolicy {
  const { target = 'yesNo' } = rule;
  const restore = (cutoff: number, expected: PolicyOutcome): FittedCutoff =>
    makeFitted(policy, rule, { cutoff, expected });
  const policy: CutoffPolicy = {
    kind: rule.kind,
    name: rule.name,
    params: rule.params,
    target,
    money: rule.money,
    fit(given) {
      const reference = plain(given, rule);
      checkReference(reference, target);
      const cutoff = rule.cutoff(reference);
      const expected = outcomeOf(above(reference.predicted, cutoff), reference, {
        money: rule.money,
        certain: target === 'number',
      });
      return restore(cutoff, expected);
    },
    restore,
  };
  return withText(
    policy,
    ({ name }) => `Policy: ${name} (fit it on held-out predictions to learn its cut-off)`,
  );
}

function makeFitted(
  policy: Policy,
  rule: PolicyRule,
  { cutoff, expected }: { cutoff: number; expected: PolicyOutcome },
): FittedCutoff {
  const { mostPerBatch, listRows } = rule;
  const fitted: FittedCutoff = {
    policy,
    cutoff,
    expected,
    decisions: ['act', 'skip'],
    decide: (answer) => ((typeof answer === 'number' ? answer : answer[0]!) >= cutoff ? 'act' : 'skip'),
    perBatch: mostPerBatch,
    choose: (probabilities, most = mostPerBatch) =>
      most === undefined ? above(probabilities, cutoff) : highest(probabilities, most),
    outcome(heldOut, money = policy.money) {
      const rows = plain(heldOut, rule);
      const chosen =
        mostPerBatch === undefined
          ? above(rows.predicted, cutoff)
          : byLists(rows.predicted, { most: mostPerBatch, listRows });
      return outcomeOf(chosen, rows, { money, certain: policy.target === 'number' });
    },
    shareByCutoff(heldOut) {
      const { predicted } = plain(heldOut, rule);
      return above(predicted, cutoff).reduce((sum, one) => sum + one, 0) / predicted.length;
    },
    toJSON: () => ({ kind: policy.kind, params: policy.params, cutoff, expected: outcomeToJson(expected) }),
  };
  return withText(fitted, describePolicy);
}

/**
 * List by list, in the order of the rows: the `most` highest of each. Of a last list that is shorter, as large a share;
 * without `listRows` all rows are one list.
 */
function byLists(
  probabilities: Float64Array,
  { most, listRows = probabilities.length }: { most: number; listRows: number | undefined },
): Uint8Array {
  const chosen = new Uint8Array(probabilities.length);
  for (let from = 0; from < probabilities.length; from += listRows) {
    const list = probabilities.subarray(from, from + listRows);
    const share = list.length < listRows ? Math.floor((most * list.length) / listRows) : most;
    chosen.set(highest(list, share), from);
  }
  return chosen;
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

/** The rows as a rule sees them: one number and one label each. */
function plain(given: Judged, { isYes }: Pick<PolicyRule, 'isYes'>): Judged {
  return { targets: labelsFor(given.targets, isYes), predicted: firstOf(given) };
}

/** 1 for each target that counts as a yes. */
function labelsFor(targets: Targets, isYes?: (target: number) => boolean): Targets {
  return isYes ? Uint8Array.from(targets, (target) => (isYes(target) ? 1 : 0)) : targets;
}

/** The number of each row; behind it may stand the bounds of its interval. */
function firstOf({ predicted, width = 1 }: Judged): Float64Array {
  return width === 1 ? predicted : predicted.filter((_, i) => i % width === 0);
}

function checkReference(
  { predicted: probabilities, targets: labels }: Judged,
  target: 'yesNo' | 'number',
): void {
  const issues: Issue[] = [];
  const code = 'decide-reference';
  if (probabilities.length === 0 || labels.length !== probabilities.length) {
    issues.push({
      code,
      what: `a policy was given ${probabilities.length} probabilities and ${labels.length} labels to learn from`,
      expected: 'one or more, and as many of each',
    });
  }
  const wrong = probabilities.findIndex((answer) =>
    target === 'number' ? !Number.isFinite(answer) : !(answer >= 0 && answer <= 1),
  );
  if (wrong >= 0) {
    issues.push({
      code,
      what: target === 'number' ? 'not a finite number' : 'not a probability',
      where: { row: wrong },
      got: show(probabilities[wrong]),
      expected: target === 'number' ? 'a finite number' : 'a number from 0 to 1',
    });
  }
  if (issues.length > 0) throw new Problem(issues);
}
