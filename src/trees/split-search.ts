/** Finds the best split of a leaf on each column from its histogram, and tells the best of them. */

import type { View } from '../wasm/structure.js';
import { type Arena, histogramAt, type Layout } from './arena.js';
import { type BinSums, searchCategories } from './category-split.js';
import type { GrowKernel } from './kernel/grow.js';
import { binBytes, foundOffset, type leaf } from './kernel/structures.js';
import type { NodeSplit, NodeSums, Scales } from './node-split.js';
import { isSingle, type SplitRules } from './split-rules.js';

/**
 * The search for splits that gain most: G²/(H + l2) of the two sides over that of the leaf, where G and H are the
 * sums of gradients and hessians (Chen and Guestrin, "XGBoost", 2016). Missing values go to the better side.
 * Sums are exact integers, so the answer does not depend on the order in which rows were added.
 *
 * What is found stays behind the histogram of the column, so that any thread can read it: doubles for gradient,
 * hessian and gain (0 where no split gains anything, -1 where none is allowed, nor will be in any part of the leaf),
 * 32-bit integers for the count and the place (bin × 2, for categories -2; + 1 where missing values go left), and 256
 * bits for the categories that go left.
 */
export class SplitSearch {
  readonly #layout: Layout;
  readonly #rules: SplitRules;
  readonly #kernel: GrowKernel;
  readonly #leaves: Readonly<Record<'own' | 'sibling', View<typeof leaf>>>;
  readonly #ints: Int32Array;
  readonly #doubles: Float64Array;
  readonly #countMask: number;
  readonly #hessianStep: number;
  /** The sums of the bins of one category column: gradients, hessians, counts. */
  readonly #bins: BinSums = {
    ...{ gradients: new Float64Array(256), hessians: new Float64Array(256), counts: new Float64Array(256) },
    ...{ ratios: new Float64Array(256), order: new Uint8Array(256), present: 0 },
  };

  constructor({ layout, kernel, memory, own, sibling }: Arena, rules: SplitRules) {
    this.#layout = layout;
    this.#rules = rules;
    this.#leaves = { own, sibling };
    this.#kernel = kernel;
    this.#ints = new Int32Array(memory.buffer);
    this.#doubles = new Float64Array(memory.buffer);
    this.#countMask = 2 ** layout.countBits - 1;
    this.#hessianStep = 2 ** (32 - layout.countBits);
  }

  /** The sums of the bin at an address. */
  sums(bin: number): { gradient: number; hessian: number } {
    return { gradient: this.#gradient(bin / 4), hessian: this.#hessian(bin / 4) };
  }

  /** Finds the best split of the arena's leaf, or of its sibling, on `column`, and leaves it behind the histogram. */
  search(slot: number, column: number, which: 'own' | 'sibling'): void {
    const histogram = histogramAt(this.#layout, slot, column);
    const leaf = this.#leaves[which];
    if (this.#layout.isCategory[column]) this.#searchCategories(histogram, column, leaf);
    else this.#searchNumbers(histogram, column, leaf.address);
  }

  /** What the split found on `column` gains; 0 where none was, -1 where none will be found in any part of the leaf. */
  gain(slot: number, column: number): number {
    return this.#doubles[(histogramAt(this.#layout, slot, column) + foundOffset) / 8 + 2]!;
  }

  /** The split found on `column`. */
  split(slot: number, column: number): NodeSplit {
    const found = histogramAt(this.#layout, slot, column) + foundOffset;
    const place = this.#ints[found / 4 + 7]!;
    const isCategory = place < 0;
    const { l2, categoryL2 } = this.#rules;
    const sorted = isCategory && !isSingle(this.#layout.binCounts[column]!, this.#rules);
    return {
      column,
      gradient: this.#doubles[found / 8]!,
      hessian: this.#doubles[found / 8 + 1]!,
      gain: this.#doubles[found / 8 + 2]!,
      bin: place >> 1,
      missingLeft: (place & 1) === 1,
      l2: sorted ? l2 + categoryL2 : l2,
      sides: isCategory ? sidesOf(this.#ints, found / 4 + 8) : undefined,
    };
  }

  #searchNumbers(histogram: number, column: number, leaf: number): void {
    const { monotone } = this.#rules;
    const missing = histogram + this.#layout.binCounts[column]! * binBytes;
    if (monotone.length > 0) this.#kernel.searchBounded(leaf, histogram, missing, monotone[column] ?? 0);
    else this.#kernel.searchNumbers(leaf, histogram, missing);
  }

  #searchCategories(histogram: number, column: number, own: View<typeof leaf>): void {
    const { gradient, hessian, count, low, high } = own;
    const node: NodeSums = { gradient, hessian, count, low, high };
    const scales: Scales = { gradient: own.gradientUnit, hessian: own.hessianUnit };
    const bins = this.#bins;
    const missing = this.#layout.binCounts[column]!;
    bins.present = 0;
    let most = 0;
    for (let bin = 0, at = histogram / 4; bin <= missing; bin++, at += 4) {
      const count = this.#count(at);
      bins.counts[bin] = count;
      if (count === 0) continue;
      most = Math.max(most, count);
      bins.order[bins.present++] = bin;
      bins.gradients[bin] = this.#gradient(at);
      bins.hessians[bin] = this.#hessian(at);
    }
    const found = histogram + foundOffset;
    const best = searchCategories(bins, missing, node, scales, this.#rules);
    // A side without the commonest level has no more than all others.
    const closed = node.count - most < this.#rules.minLeaf;
    this.#doubles[found / 8 + 2] = best ? best.gain : closed ? -1 : 0;
    if (!best) return;
    this.#doubles[found / 8] = best.gradient;
    this.#doubles[found / 8 + 1] = best.hessian;
    const bits = found / 4 + 8;
    this.#ints.fill(0, bits, bits + 8);
    for (let i = 0; i < best.size; i++) {
      const bin = bins.order[best.start + i * best.step]!;
      this.#ints[bits + (bin >> 5)]! |= 1 << (bin & 31);
    }
    // Where this leaf has never seen a missing value, the next one goes with the many.
    if (bins.counts[missing] === 0 && best.count * 2 >= node.count)
      this.#ints[bits + (missing >> 5)]! |= 1 << (missing & 31);
    this.#ints[found / 4 + 7] = -2 + ((this.#ints[bits + (missing >> 5)]! >>> (missing & 31)) & 1);
  }

  #count(at: number): number {
    return this.#ints[at + 2]! & this.#countMask;
  }

  #gradient(at: number): number {
    return this.#ints[at + 1]! * 4294967296 + (this.#ints[at]! >>> 0);
  }

  #hessian(at: number): number {
    return this.#ints[at + 3]! * this.#hessianStep + (this.#ints[at + 2]! >>> this.#layout.countBits);
  }
}

/** The 256 bits from a place on, a byte each: 1 where a category's bin goes left. */
export function sidesOf(words: Int32Array, place: number): Uint8Array {
  const sides = new Uint8Array(256);
  for (let bin = 0; bin < 256; bin++) sides[bin] = (words[place + (bin >> 5)]! >>> (bin & 31)) & 1;
  return sides;
}
