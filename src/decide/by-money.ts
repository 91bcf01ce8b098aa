/** Cuts where acting is expected to pay. */
import { checkOption } from './check-option.js';
import { type CutoffPolicy, makePolicy } from './make-policy.js';
import type { Money, PolicyOptions } from './policy.js';
import { justAbove } from './ranked.js';

/**
 * Acts where probability · gainPerYes > costPerAction; at break-even it leaves. The cut-off follows from the two
 * amounts alone, so the probabilities must be calibrated; the reference only tells what profit to expect.
 * Amounts in one currency. Throws `decide-option` for a negative cost, or a margin that is not above the cost.
 *
 * @example
 * const policy = byMoney({ costPerAction: 5, gainPerYes: 60, verb: 'call' }).fit(predictions);
 * policy.decide(0.1) // → 'act'
 */
export function byMoney(options: Money & PolicyOptions): CutoffPolicy {
  const { costPerAction, gainPerYes } = options;
  const costs = Number.isFinite(costPerAction) && costPerAction >= 0;
  checkOption(costs, 'byMoney', 'costPerAction', costPerAction, 'an amount of at least 0');
  const pays = Number.isFinite(gainPerYes) && gainPerYes > costPerAction;
  checkOption(pays, 'byMoney', 'gainPerYes', gainPerYes, 'more than acting costs, or no action can pay');
  return makePolicy({
    kind: 'money',
    name: `money: acting costs ${costPerAction}, a yes brings ${gainPerYes}`,
    params: { ...options },
    money: { costPerAction, gainPerYes },
    cutoff: () => justAbove(costPerAction / gainPerYes),
  });
}
