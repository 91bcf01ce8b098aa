/**
 * How the stock of one article may go: its paths of demand, lived through with what is on hand and on the way, for any order.
 * Costs are means over all paths. Works on plain arrays: this is the hot loop of ordering.
 */
import { quantileOfSorted } from '../quantile-of-sorted.js';
import type { ArticleRules } from './stock.js';

/** One article as a policy sees it. */
export interface ArticleSituation {
  /** `count` × `horizon`, row-major. */
  readonly paths: Float64Array;
  readonly count: number;
  readonly horizon: number;
  readonly onHand: number;
  /** What arrives at the start of the next period, of the one after it, and so on. */
  readonly arrivals: Float64Array;
  readonly rules: ArticleRules;
}

/** What an order brings, before it is chosen. */
export interface ArticlePaths {
  /**
   * Mean holding and shortage cost from the arrival of an order on: of the periods that it protects, and of `lookAhead` periods
   * behind them, in which the stock is topped up to each cycle's own best level where it is below that.
   */
  cost(order: number): number;
  /** How much is expected to be missing in the periods between the arrival of this order and of the next one. */
  missing(order: number): number;
  /** What is asked for in these periods, on average. */
  readonly demand: number;
  /** What would have to arrive so that nothing was missing in them, path by path; rising. */
  readonly needs: Float64Array;
  /** Demand from now until the next order can arrive, path by path; rising. */
  readonly protectedSums: Float64Array;
}

/** Lives through the periods before the order arrives, which no order can change. */
export function articlePaths(situation: ArticleSituation, lookAhead: number): ArticlePaths {
  const { paths, count, horizon, rules } = situation;
  const { leadTime, review, holdingCost, shortageCost, backorders } = rules;
  const arrival = leadTime - 1;
  const cycleEnd = arrival + review;
  const end = Math.min(horizon, cycleEnd + lookAhead);
  const left = stockAtArrival(situation, arrival);
  const sums = (from: number, to: number): Float64Array => {
    const out = new Float64Array(count);
    for (let path = 0; path < count; path++)
      for (let j = from; j < to; j++) out[path]! += paths[path * horizon + j]!;
    return out;
  };
  const cycle = sums(arrival, cycleEnd);
  const ratio = shortageCost + holdingCost > 0 ? shortageCost / (shortageCost + holdingCost) : 0;
  const levels: number[] = [];
  for (let from = cycleEnd; from < end; from += review)
    levels.push(quantileOfSorted(sums(from, Math.min(from + review, end)).sort(), ratio));

  const live = (order: number): number => {
    let total = 0;
    for (let path = 0, at = 0; path < count; path++, at += horizon) {
      let stock = left[path]! + order;
      for (let j = arrival; j < end; j++) {
        const since = j - cycleEnd;
        if (since >= 0 && since % review === 0) {
          const level = levels[since / review]!;
          if (stock < level) stock = level;
        }
        stock -= paths[at + j]!;
        if (stock >= 0) total += holdingCost * stock;
        else {
          total -= shortageCost * stock;
          if (!backorders) stock = 0;
        }
      }
    }
    return total / count;
  };
  const missing = (order: number): number => {
    let total = 0;
    for (let path = 0, at = 0; path < count; path++, at += horizon) {
      let stock = left[path]! + order;
      for (let j = arrival; j < cycleEnd; j++) {
        const asked = paths[at + j]!;
        const taken = Math.min(asked, Math.max(0, stock));
        total += asked - taken;
        stock = backorders ? stock - asked : stock - taken;
      }
    }
    return total / count;
  };
  return {
    cost: live,
    missing,
    demand: mean(cycle),
    needs: cycle.map((sum, path) => sum - left[path]!).sort(),
    protectedSums: sums(0, cycleEnd).sort(),
  };
}

/** What is left of each path when the order arrives, before it does. */
function stockAtArrival(situation: ArticleSituation, arrival: number): Float64Array {
  const { paths, count, horizon, onHand, arrivals, rules } = situation;
  const left = new Float64Array(count);
  for (let path = 0, at = 0; path < count; path++, at += horizon) {
    let stock = onHand;
    for (let j = 0; j < arrival; j++) {
      stock += (arrivals[j] ?? 0) - paths[at + j]!;
      if (stock < 0 && !rules.backorders) stock = 0;
    }
    left[path] = stock + (arrivals[arrival] ?? 0);
  }
  return left;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
