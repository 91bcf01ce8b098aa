/**
 * How the stock of one article may go: its paths of demand, lived through with what is on hand and on the way, for any order.
 * Costs are means over all paths. Works on plain arrays: this is the hot loop of ordering.
 */

import { nthSmallest } from '../../trees/quantile-of.js';
import { quantileOfSorted, rankOfShare } from '../quantile-of-sorted.js';
import type { ArticleRules, PathFacts } from './stock.js';

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
  /** What was worked out of the same paths before. */
  readonly facts?: PathFacts | undefined;
  /** Where one article is looked at after another: memory that the next one may have again. */
  readonly buffers?: PathBuffers | undefined;
}

/** Memory for `count` numbers each. */
export interface PathBuffers {
  readonly left: Float64Array;
  readonly needs: Float64Array;
}

export function pathBuffers(count: number): PathBuffers {
  return { left: new Float64Array(count), needs: new Float64Array(count) };
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
  /** What would have to arrive so that nothing was missing in them, in this share of the paths: 0 where nothing would. */
  needed(share: number): number;
  /** The same in all of the paths; below 0 where something is left in each. */
  readonly mostNeeded: number;
  readonly facts: PathFacts;
}

/** Lives through the periods before the order arrives, which no order can change. */
export function articlePaths(situation: ArticleSituation, lookAhead: number): ArticlePaths {
  const { paths, count, horizon, rules } = situation;
  const { leadTime, review, backorders } = rules;
  const arrival = leadTime - 1;
  const cycleEnd = arrival + review;
  const end = Math.min(horizon, cycleEnd + lookAhead);
  const { left, needs } = situation.buffers ?? pathBuffers(count);
  stockAtArrival(situation, { arrival, left });
  const facts = situation.facts ?? pathFacts(situation, { arrival, cycleEnd, end });
  let mostNeeded = -Infinity;
  let enough = 0;
  for (let path = 0, at = 0; path < count; path++, at += horizon) {
    let need = 0;
    for (let j = arrival; j < cycleEnd; j++) need += paths[at + j]!;
    need -= left[path]!;
    needs[path] = need;
    if (need > mostNeeded) mostNeeded = need;
    enough += need <= 0 ? 1 : 0;
  }

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
    cost: (order) => costOf({ situation, left, facts, arrival, cycleEnd, end }, order),
    missing,
    needed: (share) => {
      const rank = rankOfShare(share, count);
      return enough > rank ? 0 : nthSmallest(needs, rank);
    },
    mostNeeded,
    facts,
  };
}

interface Lived {
  readonly situation: ArticleSituation;
  readonly left: Float64Array;
  readonly facts: PathFacts;
  readonly arrival: number;
  readonly cycleEnd: number;
  readonly end: number;
}

/**
 * Half of |x| + x is x where that is above 0, else 0: a branch that the processor guesses wrong costs more. For the same reason all that it reads
 * are its own variables, and the loop of `costsBehind` stands here once more.
 */
function costOf({ situation, left, facts, arrival, cycleEnd, end }: Lived, order: number): number {
  const { paths, count, horizon, rules } = situation;
  const { topUps, behind } = facts;
  const { backorders } = rules;
  const [halfHolding, halfShortage] = [rules.holdingCost / 2, rules.shortageCost / 2];
  const level = cycleEnd < end ? topUps[cycleEnd]! : Infinity;
  let total = 0;
  for (let path = 0, at = 0; path < count; path++, at += horizon) {
    let stock = left[path]! + order;
    for (let j = arrival; j < cycleEnd; j++) {
      stock -= paths[at + j]!;
      const size = Math.abs(stock);
      total += halfHolding * (size + stock) + halfShortage * (size - stock);
      if (!backorders) stock = (size + stock) / 2;
    }
    if (stock <= level) {
      total += behind[path]!;
      continue;
    }
    for (let j = cycleEnd; j < end; j++) {
      if (stock < topUps[j]!) stock = topUps[j]!;
      stock -= paths[at + j]!;
      const size = Math.abs(stock);
      total += halfHolding * (size + stock) + halfShortage * (size - stock);
      if (!backorders) stock = (size + stock) / 2;
    }
  }
  return total / count;
}

/** What each path costs from the end of the cycle on where its stock is topped up there. */
function costsBehind(
  { paths, count, horizon, rules }: ArticleSituation,
  { topUps, cycleEnd, end }: { topUps: Float64Array; cycleEnd: number; end: number },
): Float64Array {
  const { holdingCost, shortageCost, backorders } = rules;
  const costs = new Float64Array(count);
  for (let path = 0, at = 0; path < count; path++, at += horizon) {
    let stock = -Infinity;
    for (let j = cycleEnd; j < end; j++) {
      stock = Math.max(stock, topUps[j]!) - paths[at + j]!;
      costs[path]! += stock >= 0 ? holdingCost * stock : -shortageCost * stock;
      if (stock < 0 && !backorders) stock = 0;
    }
  }
  return costs;
}

function pathFacts(
  situation: ArticleSituation,
  { arrival, cycleEnd, end }: { arrival: number; cycleEnd: number; end: number },
): PathFacts {
  const { review, holdingCost, shortageCost } = situation.rules;
  const ratio = shortageCost + holdingCost > 0 ? shortageCost / (shortageCost + holdingCost) : 0;
  const topUps = new Float64Array(end).fill(-Infinity);
  for (let from = cycleEnd; from < end; from += review)
    topUps[from] = quantileOfSorted(
      sums(situation, { from, to: Math.min(from + review, end) }).sort(),
      ratio,
    );
  const untilNext = sums(situation, { from: 0, to: cycleEnd }).sort();
  return {
    rules: situation.rules,
    topUps,
    behind: costsBehind(situation, { topUps, cycleEnd, end }),
    demand: mean(sums(situation, { from: arrival, to: cycleEnd })),
    expected: mean(untilNext),
    low: quantileOfSorted(untilNext, 0.05),
    high: quantileOfSorted(untilNext, 0.95),
  };
}

/** What each path asks for in these periods. */
function sums(
  { paths, count, horizon }: ArticleSituation,
  { from, to }: { from: number; to: number },
): Float64Array {
  const out = new Float64Array(count);
  for (let path = 0; path < count; path++)
    for (let j = from; j < to; j++) out[path]! += paths[path * horizon + j]!;
  return out;
}

/** Writes into `left` what is left of each path when the order arrives, before it does. */
function stockAtArrival(
  situation: ArticleSituation,
  { arrival, left }: { arrival: number; left: Float64Array },
): void {
  const { paths, count, horizon, onHand, arrivals, rules } = situation;
  for (let path = 0, at = 0; path < count; path++, at += horizon) {
    let stock = onHand;
    for (let j = 0; j < arrival; j++) {
      stock += (arrivals[j] ?? 0) - paths[at + j]!;
      if (stock < 0 && !rules.backorders) stock = 0;
    }
    left[path] = stock + (arrivals[arrival] ?? 0);
  }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
