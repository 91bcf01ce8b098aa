/** Finds the best set of categories to send left. */
import type { NodeSums, Scales, Split } from './split.js';
import { boundedScore, ownScore, type SplitRules } from './split-rules.js';

/** The sums of a column's bins, as integers. */
export interface BinSums {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Few levels: each against the rest. More: levels sorted by gradient over hessian, and the best cut of that order,
 * taken from either end; for a convex loss no other set can be better (Fisher, "On grouping for maximum
 * homogeneity", 1958). Noise of rare levels is held down as LightGBM does it (Ke et al., 2017): smoothing, more l2,
 * a cap on the levels taken. Missing is one more level. Puts the split into `best` where it gains more.
 */
export function searchCategories(
  bins: BinSums,
  missing: number,
  column: number,
  node: NodeSums,
  scales: Scales,
  rules: SplitRules,
  best: Split,
): void {
  const { gradients, hessians, counts } = bins;
  const present: number[] = [];
  for (let bin = 0; bin <= missing; bin++) if (counts[bin]! > 0) present.push(bin);
  if (present.length < 2) return;
  const single = present.length <= rules.oneAgainstRest;
  const l2 = single ? rules.l2 : rules.l2 + rules.categoryL2;
  const bounded = rules.monotone.length > 0;
  const own = ownScore(node, scales, rules.l2, bounded);
  let most = Math.max(best.gain, own * rules.noise) + own;
  let taken: number[] | undefined;
  let [gradient, hessian, count] = [0, 0, 0];

  const consider = (levels: () => number[]): void => {
    const gl = gradient * scales.gradient;
    const hl = hessian * scales.hessian;
    const gr = (node.gradient - gradient) * scales.gradient;
    const hr = (node.hessian - hessian) * scales.hessian;
    if (hl < rules.minHessian || hr < rules.minHessian) return;
    const score = bounded
      ? boundedScore(gl, hl + l2, gr, hr + l2, 0, node)
      : (gl * gl) / (hl + l2) + (gr * gr) / (hr + l2);
    if (!(score > most)) return;
    most = score;
    taken = levels();
    best.gradient = gradient;
    best.hessian = hessian;
    best.count = count;
  };

  if (single) {
    for (const bin of present) {
      gradient = gradients[bin]!;
      hessian = hessians[bin]!;
      count = counts[bin]!;
      if (count >= rules.minLeaf && node.count - count >= rules.minLeaf) consider(() => [bin]);
    }
  } else {
    const usual = present.filter((bin) => counts[bin]! >= rules.categorySmoothing);
    const ratio = (bin: number): number =>
      (gradients[bin]! * scales.gradient) / (hessians[bin]! * scales.hessian + rules.categorySmoothing);
    const ratios = new Map(usual.map((bin) => [bin, ratio(bin)]));
    usual.sort((a, b) => ratios.get(a)! - ratios.get(b)! || a - b);
    const cap = Math.min(rules.mostCategories, (usual.length + 1) >> 1);
    for (const order of [usual, usual.slice().reverse()]) {
      [gradient, hessian, count] = [0, 0, 0];
      let group = 0;
      for (let i = 0; i < cap; i++) {
        const bin = order[i]!;
        gradient += gradients[bin]!;
        hessian += hessians[bin]!;
        count += counts[bin]!;
        group += counts[bin]!;
        if (count < rules.minLeaf) continue;
        if (node.count - count < Math.max(rules.minLeaf, rules.minGroup)) break;
        if (group < rules.minGroup) continue;
        group = 0;
        consider(() => order.slice(0, i + 1));
      }
    }
  }
  if (!taken) return;
  best.gain = most - own;
  best.column = column;
  best.bin = -1;
  best.l2 = l2;
  const sides = new Uint8Array(256);
  for (const bin of taken) sides[bin] = 1;
  // Where this leaf has never seen a missing value, the next one goes with the many.
  if (counts[missing] === 0) sides[missing] = best.count * 2 >= node.count ? 1 : 0;
  best.missingLeft = sides[missing]!;
  best.sides = sides;
}
