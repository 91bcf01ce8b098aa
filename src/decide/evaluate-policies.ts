/** What policies come to on held-out predictions, side by side. */
import { formatNumber } from '../table/print.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import { formatShare, percent } from './describe-policy.js';
import { outcomeOf } from './outcome.js';
import type { FittedPolicy, Judged, Money, PolicyOutcome } from './policy.js';

/** One policy on the held-out rows. */
export interface PolicyResult {
  readonly name: string;
  readonly cutoff: number;
  readonly outcome: PolicyOutcome;
}

/** Prints itself as a table. */
export interface PolicyTable {
  readonly results: readonly PolicyResult[];
}

/**
 * Each policy's outcome on rows that it has not seen, every row decided by itself, at the policy's cut-off. With
 * `money`, the profit of all of them is told; without, of those that know their money.
 *
 * @example
 * const policies = [byF1(), byMoney({ costPerAction: 5, gainPerYes: 60 })].map((policy) => policy.fit(predictions));
 * const heldOut = { targets: labelsOf(test), predicted: model.predict(test) };
 * evaluatePolicies(policies, heldOut, { money: { costPerAction: 5, gainPerYes: 60 } }); // a line a policy
 */
export function evaluatePolicies(
  policies: readonly FittedPolicy[],
  heldOut: Judged,
  options: { money?: Money } = {},
): PolicyTable {
  const results = policies.map(({ policy, cutoff, decide }): PolicyResult => {
    const chosen = Uint8Array.from(heldOut.predicted, (p) => (decide(p) === 'act' ? 1 : 0));
    return { name: policy.name, cutoff, outcome: outcomeOf(chosen, heldOut, options.money ?? policy.money) };
  });
  return withSheet<PolicyTable>({ results }, sheetOf);
}

function sheetOf({ results }: PolicyTable): Sheet {
  const header = ['policy', 'cut-off', 'acted on', 'share', 'precision', 'recall', 'profit'];
  const rows = results.map(({ name, cutoff, outcome }) => [
    name,
    formatShare(cutoff),
    formatNumber(outcome.acted),
    percent(outcome.share),
    percent(outcome.precision),
    percent(outcome.recall),
    outcome.profit === undefined ? '' : formatNumber(Math.round(outcome.profit)),
  ]);
  return { header, rows, align: ['left', ...Array<'right'>(6).fill('right')] };
}
