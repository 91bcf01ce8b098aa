/** Finds the best split of a leaf on one column from its histogram. */
import { type BinSums, searchCategories } from './category-split.js';
import type { Layout } from './field.js';
import type { NodeSums, Scales, Split } from './split.js';
import { boundedScore, ownScore, type SplitRules } from './split-rules.js';

/**
 * The search for splits that gain most: G²/(H + l2) of the two sides over that of the leaf, where G and H are the
 * sums of gradients and hessians (Chen and Guestrin, "XGBoost", 2016). Missing values go to the better side.
 * Sums are exact integers, so the answer does not depend on the order in which rows were added.
 */
export class SplitSearch {
  readonly #layout: Layout;
  readonly #rules: SplitRules;
  readonly #cells: Int32Array;
  readonly #countMask: number;
  readonly #hessianStep: number;
  /** The sums of the bins of one category column: gradients, hessians, counts. */
  readonly #bins: BinSums = {
    ...{ gradients: new Float64Array(256), hessians: new Float64Array(256), counts: new Float64Array(256) },
    ...{ ratios: new Float64Array(256), order: new Uint8Array(256), present: 0 },
  };

  constructor(layout: Layout, rules: SplitRules, buffer: SharedArrayBuffer) {
    this.#layout = layout;
    this.#rules = rules;
    this.#cells = new Int32Array(buffer);
    this.#countMask = 2 ** layout.countBits - 1;
    this.#hessianStep = 2 ** (32 - layout.countBits);
  }

  /** The sums over a histogram: over all rows of the leaf, whichever column it is of. */
  sums(cells: number, column: number): { gradient: number; hessian: number } {
    const sums = { gradient: 0, hessian: 0 };
    for (let bin = 0; bin <= this.#layout.binCounts[column]!; bin++) {
      sums.gradient += this.#gradient(cells / 4 + bin * 4);
      sums.hessian += this.#hessian(cells / 4 + bin * 4);
    }
    return sums;
  }

  /** Puts the best split on `column` into `best` where it gains more than what stands there. */
  search(cells: number, column: number, node: NodeSums, scales: Scales, best: Split): void {
    if (!this.#layout.isCategory[column]) {
      this.#searchNumbers(cells, column, node, scales, best);
      return;
    }
    const bins = this.#bins;
    const missing = this.#layout.binCounts[column]!;
    bins.present = 0;
    for (let bin = 0, at = cells / 4; bin <= missing; bin++, at += 4) {
      const count = this.#cells[at + 2]! & this.#countMask;
      bins.counts[bin] = count;
      if (count === 0) continue;
      bins.order[bins.present++] = bin;
      bins.gradients[bin] = this.#gradient(at);
      bins.hessians[bin] = this.#hessian(at);
    }
    searchCategories(bins, missing, column, node, scales, this.#rules, best);
  }

  #searchNumbers(cells: number, column: number, node: NodeSums, scales: Scales, best: Split): void {
    const ints = this.#cells;
    const mask = this.#countMask;
    const step = this.#hessianStep;
    const bits = this.#layout.countBits;
    const bins = this.#layout.binCounts[column]!;
    const { minLeaf, minHessian, l2 } = this.#rules;
    const direction = this.#rules.monotone[column] ?? 0;
    const bounded = this.#rules.monotone.length > 0;
    const first = cells / 4;
    const gradientUnit = scales.gradient;
    const hessianUnit = scales.hessian;
    const missing = first + bins * 4;
    const missingCount = ints[missing + 2]! & mask;
    const missingGradient = missingCount > 0 ? this.#gradient(missing) : 0;
    const missingHessian = missingCount > 0 ? this.#hessian(missing) : 0;
    // With nothing missing the last bin has nothing to its right.
    const end = first + (missingCount > 0 ? bins : bins - 1) * 4;
    const own = ownScore(node, scales, l2, bounded);
    let most = Math.max(best.gain, own * this.#rules.noise) + own;
    let found = -1;
    let foundMissingLeft = 0;
    let gradient = 0;
    let hessian = 0;
    let count = 0;
    for (let at = first; at < end; at += 4) {
      const packed = ints[at + 2]!;
      const rows = packed & mask;
      if (rows === 0) continue;
      count += rows;
      gradient += ints[at + 1]! * 4294967296 + (ints[at]! >>> 0);
      hessian += ints[at + 3]! * step + (packed >>> bits);
      if (node.count - count < minLeaf) break;
      for (let missingLeft = 0; missingLeft <= 1; missingLeft++) {
        if (missingLeft === 1 && missingCount === 0) break;
        const leftCount = missingLeft === 1 ? count + missingCount : count;
        if (leftCount < minLeaf || node.count - leftCount < minLeaf) continue;
        const leftGradient = missingLeft === 1 ? gradient + missingGradient : gradient;
        const leftHessian = missingLeft === 1 ? hessian + missingHessian : hessian;
        const gl = leftGradient * gradientUnit;
        const hl = leftHessian * hessianUnit;
        const gr = (node.gradient - leftGradient) * gradientUnit;
        const hr = (node.hessian - leftHessian) * hessianUnit;
        if (hl < minHessian || hr < minHessian) continue;
        const score = bounded
          ? boundedScore(gl, hl + l2, gr, hr + l2, direction, node)
          : (gl * gl) / (hl + l2) + (gr * gr) / (hr + l2);
        if (score > most) {
          most = score;
          found = (at - first) >> 2;
          foundMissingLeft = missingLeft;
          best.gradient = leftGradient;
          best.hessian = leftHessian;
          best.count = leftCount;
        }
      }
    }
    if (found < 0) return;
    best.gain = most - own;
    best.column = column;
    best.bin = this.#middle(first, found, bins);
    best.l2 = l2;
    // Where this leaf has never seen a missing value, the next one goes with the many.
    best.missingLeft = missingCount > 0 ? foundMissingLeft : best.count * 2 >= node.count ? 1 : 0;
  }

  /** Of the places between a bin and the next that has rows of this leaf, the middle one. */
  #middle(first: number, found: number, bins: number): number {
    let next = found + 1;
    while (next < bins && (this.#cells[first + next * 4 + 2]! & this.#countMask) === 0) next++;
    return next < bins ? (found + next - 1) >> 1 : found;
  }

  #gradient(at: number): number {
    return this.#cells[at + 1]! * 4294967296 + (this.#cells[at]! >>> 0);
  }

  #hessian(at: number): number {
    return this.#cells[at + 3]! * this.#hessianStep + (this.#cells[at + 2]! >>> this.#layout.countBits);
  }
}
