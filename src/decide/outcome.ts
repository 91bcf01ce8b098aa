/** Counts what a choice of rows came to. */
import type { Judged, Money, PolicyOutcome } from './policy.js';

/**
 * The outcome of acting on the rows where `chosen` is 1. `certain` where predictions are no probabilities: all that is acted
 * on is then expected to be a hit.
 */
export function outcomeOf(
  chosen: Uint8Array,
  { predicted: probabilities, targets: labels }: Judged,
  { money, certain = false }: { money?: Money | undefined; certain?: boolean } = {},
): PolicyOutcome {
  let acted = 0;
  let hits = 0;
  let yes = 0;
  let expectedHits = 0;
  for (let i = 0; i < labels.length; i++) {
    yes += labels[i]!;
    if (chosen[i] !== 1) continue;
    acted++;
    hits += labels[i]!;
    expectedHits += certain ? 1 : probabilities[i]!;
  }
  return countedOutcome({ rows: labels.length, acted, hits, yes, expectedHits }, money);
}

/** The counts that an outcome rests on. */
export type OutcomeCounts = Pick<PolicyOutcome, 'rows' | 'acted' | 'hits' | 'yes' | 'expectedHits'>;

/** The outcome of these counts, with its shares and money. */
export function countedOutcome(counts: OutcomeCounts, money?: Money): PolicyOutcome {
  const { rows, acted, hits, yes, expectedHits } = counts;
  const profitOf = (sales: number): number | undefined =>
    money && sales * money.gainPerYes - acted * money.costPerAction;
  return {
    ...counts,
    share: acted / rows,
    precision: hits / acted,
    recall: hits / yes,
    profit: profitOf(hits),
    expectedProfit: profitOf(expectedHits),
  };
}
