/** Draws from the distributions that the simulations need. */
import type { Random } from 'alambique';

/** One of `levels`, each with its weight (≥ 0, not all 0). */
export function drawLevel<T>(random: Random, levels: readonly T[], weights: readonly number[]): T {
  let rest = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < levels.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return levels[i]!;
  }
  return levels[levels.length - 1]!;
}

/** 1, 2, 3 …: geometric with this mean (at least 1). */
export function drawCount(random: Random, mean: number): number {
  if (mean <= 1) return 1;
  return 1 + Math.floor(Math.log(1 - random.uniform()) / Math.log(1 - 1 / mean));
}

/** True with this probability. */
export function drawChance(random: Random, probability: number): boolean {
  return random.uniform() < probability;
}

/** 1 / (1 + exp(-logOdds)). */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** `value` brought within bounds. */
export function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
