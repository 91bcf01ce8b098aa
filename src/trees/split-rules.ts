/** What a split must keep to, and what its sides score. */
import type { View } from '../wasm/structure.js';
import { type leaf, noise } from './kernel/structures.js';
import type { NodeSums, Scales } from './node-split.js';

/** What a split must keep to. */
export interface SplitRules {
  /** Rows on either side, at least. */
  readonly minLeaf: number;
  /** Sum of hessians on either side, at least. */
  readonly minHessian: number;
  /** Added to the sum of hessians of a leaf. */
  readonly l2: number;
  /** 1 rising, -1 falling, 0 free, by column; empty where all are free. */
  readonly monotone: readonly number[];
  /** Up to so many levels each is tried against the rest; above, levels are sorted. */
  readonly oneAgainstRest: number;
  /** Added to the hessians of a level when levels are sorted; levels of fewer rows stay right. */
  readonly categorySmoothing: number;
  /** Added to `l2` in splits of sorted levels. */
  readonly categoryL2: number;
  /** Levels on the left, at most. */
  readonly mostCategories: number;
  /** Rows that each further group of levels must bring. */
  readonly minGroup: number;
  /**
   * Of splits on a column of numbers that gain the same, takes the last, at the end of the empty bins behind it, as LightGBM does.
   * By default the first, in the middle of the empty bins, which leans to neither side.
   */
  readonly takesLast?: boolean;
}

/** LightGBM's settings for categories. */
export const usualCategories = {
  oneAgainstRest: 4,
  categorySmoothing: 10,
  categoryL2: 10,
  mostCategories: 32,
  minGroup: 100,
} as const;

/** For forests, which average the noise away: no shrinkage, and small groups count. */
export const forestCategories = {
  oneAgainstRest: 4,
  categorySmoothing: 1,
  categoryL2: 0,
  mostCategories: 32,
  minGroup: 1,
} as const;

/** Whether each level of a column of so many bins is tried against the rest. */
export function isSingle(bins: number, { oneAgainstRest }: SplitRules): boolean {
  return bins < oneAgainstRest;
}

/** What the leaf scores unsplit. */
export function ownScore(node: NodeSums, scales: Scales, l2: number, bounded: boolean): number {
  const g = node.gradient * scales.gradient;
  const h = node.hessian * scales.hessian + l2;
  return bounded ? scoreOf(g, h, leafValue(g, h, node)) : (g * g) / h;
}

/** Writes what a search is told of a leaf: its sums, what a unit is worth, and what splits must keep to. */
export function describeLeaf(
  view: View<typeof leaf>,
  node: NodeSums,
  { scales, rules, countBits }: { scales: Scales; rules: SplitRules; countBits: number },
): void {
  view.gradient = node.gradient;
  view.hessian = node.hessian;
  view.count = node.count;
  view.low = node.low;
  view.high = node.high;
  view.gradientUnit = scales.gradient;
  view.hessianUnit = scales.hessian;
  view.minHessian = rules.minHessian;
  // Kernels count in 32 bits.
  view.minLeaf = Math.min(rules.minLeaf, 2 ** 30);
  view.l2 = rules.l2;
  view.countBits = countBits;
  view.takesLast = rules.takesLast ? 1 : 0;
  view.own = ownScore(node, scales, rules.l2, rules.monotone.length > 0);
  view.least = view.own * noise + view.own;
}

/** -G/(H + l2), held within the node's bounds. */
export function leafValue(g: number, h: number, node: { low: number; high: number }): number {
  return Math.min(node.high, Math.max(node.low, -g / h));
}

/** The score of the two sides where bounds hold; -Infinity where they stand in the wrong order. */
export function boundedScore(
  gl: number,
  hl: number,
  gr: number,
  hr: number,
  direction: number,
  node: { low: number; high: number },
): number {
  const left = leafValue(gl, hl, node);
  const right = leafValue(gr, hr, node);
  if (direction * (right - left) < 0) return -Infinity;
  return scoreOf(gl, hl, left) + scoreOf(gr, hr, right);
}

function scoreOf(g: number, h: number, value: number): number {
  return -(2 * g * value + h * value * value);
}
