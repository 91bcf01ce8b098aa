/** Finds the best set of categories to send left. */
import { noise } from './kernel/structures.js';
import type { NodeSums, Scales } from './node-split.js';
import { boundedScore, isSingle, ownScore, type SplitRules } from './split-rules.js';

/** The sums of a column's bins, as integers; and room to order them. */
export interface BinSums {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly counts: Float64Array;
  readonly ratios: Float64Array;
  /** The first `present` of these are the bins that have rows. */
  readonly order: Uint8Array;
  present: number;
}

/** The set to send left: `size` places of the order from `start`, in steps of `step`; with its sums and its gain. */
export interface CategorySet {
  readonly gain: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
  readonly start: number;
  readonly step: number;
  readonly size: number;
}

/**
 * Few levels (in the whole column): each against the rest. More: levels sorted by gradient over hessian, and the best cut of that order,
 * taken from either end; for a convex loss no other set can be better (Fisher, "On grouping for maximum
 * homogeneity", 1958). Noise of rare levels is held down as LightGBM does it (Ke et al., 2017): smoothing, more l2,
 * a cap on the levels taken. Missing is one more level. Undefined where nothing is gained.
 */
export function searchCategories(
  bins: BinSums,
  missing: number,
  node: NodeSums,
  scales: Scales,
  rules: SplitRules,
): CategorySet | undefined {
  const { gradients, hessians, counts, order } = bins;
  const { present } = bins;
  if (present < 2) return undefined;
  const { minLeaf, minHessian } = rules;
  const single = isSingle(missing, rules);
  const l2 = single ? rules.l2 : rules.l2 + rules.categoryL2;
  const bounded = rules.monotone.length > 0;
  const own = ownScore(node, scales, rules.l2, bounded);
  const used = single ? present : sortUsual(bins, scales, rules.categorySmoothing);
  const cap = single ? present : Math.min(rules.mostCategories, (used + 1) >> 1);
  const leastRight = single ? minLeaf : Math.max(minLeaf, rules.minGroup);
  let most = own * noise + own;
  let best: CategorySet | undefined;

  for (const step of single ? [1] : [1, -1]) {
    const start = step === 1 ? 0 : used - 1;
    let gradient = 0;
    let hessian = 0;
    let count = 0;
    let group = 0;
    for (let i = 0; i < cap; i++) {
      const bin = order[start + i * step]!;
      if (single) gradient = hessian = count = 0;
      gradient += gradients[bin]!;
      hessian += hessians[bin]!;
      count += counts[bin]!;
      group += counts[bin]!;
      if (count < minLeaf) continue;
      if (node.count - count < leastRight) {
        if (single) continue;
        break;
      }
      if (!single && group < rules.minGroup) continue;
      group = 0;
      const gl = gradient * scales.gradient;
      const hl = hessian * scales.hessian;
      const gr = (node.gradient - gradient) * scales.gradient;
      const hr = (node.hessian - hessian) * scales.hessian;
      if (hl < minHessian || hr < minHessian) continue;
      const score = bounded
        ? boundedScore(gl, hl + l2, gr, hr + l2, 0, node)
        : (gl * gl) / (hl + l2) + (gr * gr) / (hr + l2);
      if (!(score > most)) continue;
      most = score;
      const set = single ? { start: i, size: 1 } : { start, size: i + 1 };
      best = { gain: score - own, gradient, hessian, count, step, ...set };
    }
  }
  return best;
}

/** Sorts the levels that have enough rows to the front of the order, by gradient over hessian; says how many. */
function sortUsual(bins: BinSums, scales: Scales, smoothing: number): number {
  const { gradients, hessians, counts, ratios, order } = bins;
  let used = 0;
  for (let i = 0; i < bins.present; i++) {
    const bin = order[i]!;
    if (counts[bin]! < smoothing) continue;
    const ratio = (gradients[bin]! * scales.gradient) / (hessians[bin]! * scales.hessian + smoothing);
    ratios[bin] = ratio;
    let at = used++;
    for (; at > 0 && ratios[order[at - 1]!]! > ratio; at--) order[at] = order[at - 1]!;
    order[at] = bin;
  }
  return used;
}
