/** The textbook's order for one period: the newsvendor, whose stock is worthless after it. */
import { checkNumbers } from '../../check-numbers.js';
import { Problem } from '../../problem.js';
import { normalDensity, normalQuantile, normalTail } from './normal.js';

/** Demand as a distribution: normal, Poisson, or the probability of 0, 1, 2 … units. */
export type DemandDistribution =
  | { readonly mean: number; readonly sd: number }
  | { readonly poisson: number }
  | { readonly probabilities: readonly number[] };

/** What the newsvendor is told. */
export interface NewsvendorOptions {
  /** What a unit costs that is left over. */
  readonly holdingCost: number;
  /** What a unit costs that was asked for and was not there. */
  readonly shortageCost: number;
  readonly demand: DemandDistribution;
}

/** The best level, and what it costs on average. */
export interface StockLevel {
  readonly level: number;
  readonly cost: number;
}

/**
 * The level that costs least: the quantile of demand at shortage / (shortage + holding), a whole number where demand is one.
 * Equals stockpyl's `newsvendor_normal`, `newsvendor_poisson` and `newsvendor_discrete`. Throws `stock-bad-rule`.
 * Source: Snyder and Shen, "Fundamentals of Supply Chain Theory", section 4.3.
 *
 * @example
 * const { level, cost } = newsvendor({ holdingCost: 0.18, shortageCost: 0.7, demand: { mean: 50, sd: 8 } });
 * level.toFixed(2) // → '56.60'
 * cost.toFixed(2) // → '2.00'
 */
export function newsvendor({ holdingCost, shortageCost, demand }: NewsvendorOptions): StockLevel {
  checkNumbers(
    { code: 'stock-bad-rule' },
    { holdingCost, shortageCost },
    { holdingCost: { above: 0 }, shortageCost: { above: 0 } },
  );
  const ratio = shortageCost / (shortageCost + holdingCost);
  if ('mean' in demand) {
    const { mean, sd } = demand;
    checkNumbers(
      { code: 'stock-bad-rule', of: 'demand' },
      { mean, sd },
      { mean: { min: 0 }, sd: { min: 0 } },
    );
    const z = normalQuantile(ratio);
    return { level: mean + z * sd, cost: (holdingCost + shortageCost) * normalDensity(z) * sd };
  }
  const probabilities = 'poisson' in demand ? poissonProbabilities(demand.poisson) : demand.probabilities;
  checkProbabilities(probabilities);
  let level = 0;
  for (let below = probabilities[0]!; below < ratio && level < probabilities.length - 1; ) {
    level++;
    below += probabilities[level]!;
  }
  let cost = 0;
  probabilities.forEach((probability, units) => {
    cost += probability * (units < level ? holdingCost * (level - units) : shortageCost * (units - level));
  });
  return { level, cost };
}

/**
 * How many units of normal demand are expected not to be there at a level: the loss function.
 * Equals stockpyl's `normal_loss`.
 *
 * @example
 * expectedShortage(100, { mean: 100, sd: 20 }).toFixed(3) // → '7.979'
 */
export function expectedShortage(level: number, { mean, sd }: { mean: number; sd: number }): number {
  if (sd === 0) return Math.max(0, mean - level);
  const z = (level - mean) / sd;
  return sd * (normalDensity(z) - z * normalTail(z));
}

/** From 0 units to where what is left is below the last digit. */
function poissonProbabilities(mean: number): readonly number[] {
  checkNumbers(
    { code: 'stock-bad-rule', of: 'demand' },
    { poisson: mean },
    { poisson: { above: 0, max: 1e6 } },
  );
  const last = Math.ceil(mean + 12 * Math.sqrt(mean) + 30);
  let log = -mean;
  return Array.from({ length: last + 1 }, (_, units) => {
    if (units > 0) log += Math.log(mean / units);
    return Math.exp(log);
  });
}

function checkProbabilities(probabilities: readonly number[]): void {
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  if (probabilities.every((probability) => probability >= 0) && Math.abs(sum - 1) < 1e-6) return;
  throw new Problem({
    code: 'stock-bad-rule',
    what: `the probabilities of demand add up to ${sum}`,
    expected: 'probabilities of at least 0 that add up to 1',
  });
}
