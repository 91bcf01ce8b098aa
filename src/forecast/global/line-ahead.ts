/** What the last periods of a series say of those ahead: its level, and how fast it grows. */
import type { Series } from '../panel/panel.js';
import { demandAbove } from './expected-demand.js';

/** Seasons that are looked back on, at most. */
const seasonsBehind = 3;
/** Newton's steps. Demand where stock ran out depends on them, and they on demand. */
const rounds = 5;
/** A usual excess, in squares of the mean, and the periods whose weight it has. */
const usualExcess = 0.1;
const usualPeriods = 40;
/** In all that is looked back on nothing grows further than by this factor, or shrinks. */
const farthest = 3;
/** How fast series grow, as far as nothing tells; what is found from them settles in so many rounds. */
const firstGrowth: UsualGrowth = { mean: 0, sd: 0.2 };
const growthRounds = 4;
const leastSd = 0.01;

/** How fast series grow, in logarithms a season: the mean and the standard deviation over all of them. */
export interface UsualGrowth {
  readonly mean: number;
  readonly sd: number;
}

/** What is known before an origin. */
export interface LinePast {
  /** Of the series' periods. */
  readonly factors: Float64Array;
  /** The first so many periods are known. */
  readonly position: number;
  readonly season: number;
  readonly usual: UsualGrowth;
  /** Whether demand is a number of pieces. */
  readonly counts: boolean;
}

/** Demand without its factors, as the last period before the origin has it, and how it goes on. */
export interface Line {
  readonly level: number;
  /** In logarithms a period. */
  readonly growth: number;
  /** What share of the growth the series itself tells; the usual growth tells the rest. */
  readonly told: number;
}

/**
 * Poisson regression of demand on its factors, a level and a growth; demand varies more than such a variable, as much as the series shows.
 * Where stock ran out, it is what is expected above what was sold. Growth is held back towards the usual one: the fewer the periods and the more
 * they vary, the more. The level is NaN where nothing is known.
 */
export function lineOf(
  { values, available }: Series,
  { factors, position, season, usual, counts }: LinePast,
): Line {
  const first = Math.max(0, position - seasonsBehind * season);
  const isKnown = (i: number): boolean => (available?.[i] === 0 ? values[i]! > 0 : !Number.isNaN(values[i]!));
  let [sold, whole] = [0, 0];
  for (let i = first; i < position; i++)
    if (isKnown(i)) [sold, whole] = [sold + values[i]!, whole + factors[i]!];
  let level = sold / whole;
  const mean = usual.mean / season;
  let [growth, excess, told] = [mean, usualExcess, 0];
  if (!(level > 0)) return { level, growth: 0, told };
  const held = (season / usual.sd) ** 2;
  const most = Math.log(farthest) / (position - first);
  for (let round = 0; round < rounds; round++) {
    let [over, squares] = [usualExcess * usualPeriods * level ** 2, usualPeriods * level ** 2];
    let [slope, slopeOfGrowth, curve, cross, curveOfGrowth] = [0, (mean - growth) * held, 0, 0, held];
    const ratio = Math.exp(-growth);
    for (let i = position - 1, grown = level; i >= first; i--, grown *= ratio) {
      if (!isKnown(i)) continue;
      const expected = grown * factors[i]!;
      let demand = values[i]!;
      let hidden = 0;
      if (available?.[i] === 0) {
        const variance = expected + excess * expected * expected;
        const above = demandAbove(demand, { mean: expected, variance, counts });
        demand = above.mean;
        hidden = above.variance;
      }
      const strays = demand - expected;
      const weight = 1 / (1 + excess * expected);
      const back = i - position + 1;
      over += strays ** 2 + hidden - expected;
      squares += expected * expected;
      slope += weight * strays;
      slopeOfGrowth += weight * strays * back;
      curve += weight * expected;
      cross += weight * expected * back;
      curveOfGrowth += weight * expected * back * back;
    }
    const determinant = curve * curveOfGrowth - cross * cross;
    level *= Math.exp(within(1, (slope * curveOfGrowth - slopeOfGrowth * cross) / determinant));
    growth = within(most, growth + (slopeOfGrowth * curve - slope * cross) / determinant);
    told = 1 - (held * curve) / determinant;
    excess = Math.max(0, over / squares);
  }
  return { level, growth, told };
}

/**
 * How fast series grow, found from all of them: what one tells of its growth counts, and what the usual growth told it does not. Where they
 * tell little, it is what it was before.
 */
export function usualGrowthOf(
  linesBy: (usual: UsualGrowth) => readonly Line[],
  { season }: { season: number },
): UsualGrowth {
  let usual = firstGrowth;
  for (let round = 0; round < growthRounds; round++) {
    let [sum, squares, told] = [0, 0, 0];
    for (const line of linesBy(usual)) {
      const strays = season * line.growth - usual.mean;
      sum += strays;
      squares += strays ** 2;
      told += line.told;
    }
    if (told < 1) break;
    usual = { mean: usual.mean + sum / told, sd: Math.max(leastSd, Math.sqrt(squares / told)) };
  }
  return usual;
}

function within(most: number, value: number): number {
  return Math.max(-most, Math.min(most, value));
}
