/** The textbook's level for stock that is ordered again and again: mean of the protected periods and a safety stock. */
import { checkNumbers } from '../../check-numbers.js';
import { expectedShortage, newsvendor, type StockLevel } from './newsvendor.js';
import { normalQuantile } from './normal.js';

/** What the textbook is told of an article. */
export interface PeriodicReviewOptions {
  /** Demand of one period, independent of the others. */
  readonly mean: number;
  readonly sd: number;
  /** As in `StockRules`: 1 for an order that arrives at the start of the next period. */
  readonly leadTime: number;
  /** Periods from one order to the next; by default 1. */
  readonly review?: number;
}

/** A level to order up to, and how much of it is for what is not expected. */
export interface SafetyLevel {
  readonly level: number;
  readonly safetyStock: number;
  /** An order protects so many periods: until the one after it arrives. */
  readonly protectedPeriods: number;
}

/**
 * The level that is not exceeded by demand with probability `serviceLevel`, in the periods that an order protects:
 * lead time + review - 1. Demand is taken to be normal and unmet demand to wait. Throws `stock-bad-rule`.
 *
 * @example
 * const milk = safetyStock({ mean: 10, sd: 4, leadTime: 3, serviceLevel: 0.95 });
 * milk.level.toFixed(2) // → '41.40'
 * milk.safetyStock.toFixed(2) // → '11.40'
 */
export function safetyStock({
  serviceLevel,
  ...options
}: PeriodicReviewOptions & { readonly serviceLevel: number }): SafetyLevel {
  checkNumbers({ code: 'stock-bad-rule' }, { serviceLevel }, { serviceLevel: { above: 0, below: 1 } });
  const { mean, sd, protectedPeriods } = protectedDemand(options);
  const safety = normalQuantile(serviceLevel) * sd;
  return { level: mean + safety, safetyStock: safety, protectedPeriods };
}

/**
 * The level that costs least under periodic review with backorders, and its cost at the end of a cycle: the newsvendor's of the
 * protected periods. With a review of 1 it equals stockpyl's `newsvendor_normal` with `lead_time` = `leadTime` - 1.
 *
 * @example
 * periodicReview({ mean: 50, sd: 8, leadTime: 3, holdingCost: 0.18, shortageCost: 0.7 }).level.toFixed(2) // → '161.44'
 */
export function periodicReview({
  holdingCost,
  shortageCost,
  ...options
}: PeriodicReviewOptions & { readonly holdingCost: number; readonly shortageCost: number }): StockLevel &
  SafetyLevel {
  const { mean, sd, protectedPeriods } = protectedDemand(options);
  const { level, cost } = newsvendor({ holdingCost, shortageCost, demand: { mean, sd } });
  return { level, cost, safetyStock: level - mean, protectedPeriods };
}

/**
 * The share of demand that is met from stock at a level, counted over one cycle of `review` periods: what is missing at its end and
 * was not missing yet at its start. Demand is taken to be normal and to wait.
 *
 * @example
 * fillRateOf(41.4, { mean: 10, sd: 4, leadTime: 3 }).toFixed(3) // → '0.986'
 */
export function fillRateOf(level: number, options: PeriodicReviewOptions): number {
  const { mean, sd, leadTime, review = 1 } = options;
  const whole = protectedDemand(options);
  const before = { mean: mean * (leadTime - 1), sd: sd * Math.sqrt(leadTime - 1) };
  const missing = expectedShortage(level, whole) - expectedShortage(level, before);
  return mean === 0 ? 1 : 1 - missing / (mean * review);
}

function protectedDemand({ mean, sd, leadTime, review = 1 }: PeriodicReviewOptions): {
  mean: number;
  sd: number;
  protectedPeriods: number;
} {
  checkNumbers(
    { code: 'stock-bad-rule' },
    { mean, sd, leadTime, review },
    {
      mean: { min: 0 },
      sd: { min: 0 },
      leadTime: { min: 1, integer: true },
      review: { min: 1, integer: true },
    },
  );
  const protectedPeriods = leadTime + review - 1;
  return { mean: mean * protectedPeriods, sd: sd * Math.sqrt(protectedPeriods), protectedPeriods };
}
