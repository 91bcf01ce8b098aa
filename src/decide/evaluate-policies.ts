/** What policies come to on held-out predictions, side by side. */
import { formatNumber } from '../table/print.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import { formatShare, percent } from './describe-policy.js';
import type { FittedPolicy, Judged, Money, PolicyOutcome } from './policy.js';

/** One policy on the held-out rows. */
export interface PolicyResult {
  readonly name: string;
  /** Undefined where no cut-off decides. */
  readonly cutoff: number | undefined;
  readonly outcome: PolicyOutcome;
}

/** Prints itself as a table. */
export interface PolicyTable {
  readonly results: readonly PolicyResult[];
}

/**
 * Each policy's outcome on rows that it has not seen: row by row at its cut-off, or for a policy of capacity list by list
 * and never above its capacity. With `money`, the profit of all of them is told; without, of those that know their money.
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
  const results = policies.map((fitted): PolicyResult => {
    const { policy, cutoff } = fitted;
    return { name: policy.name, cutoff, outcome: fitted.outcome(heldOut, options.money ?? policy.money) };
  });
  return withSheet<PolicyTable>({ results }, sheetOf);
}

function sheetOf({ results }: PolicyTable): Sheet {
  const header = ['policy', 'cut-off', 'acted on', 'share', 'precision', 'recall', 'profit'];
  const rows = results.map(({ name, cutoff, outcome }) => [
    name,
    cutoff === undefined ? '' : formatShare(cutoff),
    formatNumber(outcome.acted),
    percent(outcome.share),
    percent(outcome.precision),
    percent(outcome.recall),
    outcome.profit === undefined ? '' : formatNumber(Math.round(outcome.profit)),
  ]);
  return { header, rows, align: ['left', ...Array<'right'>(6).fill('right')] };
}
