/** The inner loops of tree growing as functions on a shared memory; what they do stands in `kernel-text.ts`. */
import { instanceOf } from '../wasm/instance.js';
import type { SharedMemory } from '../wasm/shared-memory.js';
import { kernelText } from './kernel-text.js';

/** All pointers are byte addresses; `end` is the address after the last element. */
export interface Kernel {
  /** Adds pairs (in the order of `rows`) to the histograms of the four columns of a group. */
  histogramOfFour(
    rows: number,
    end: number,
    group: number,
    pairs: number,
    cells: number,
    countBits: number,
  ): void;
  /** Adds pairs (found by row) to the histogram of one column, whose bytes stand 4 apart. */
  histogramOfOne(
    rows: number,
    end: number,
    column: number,
    pairs: number,
    cells: number,
    countBits: number,
  ): void;
  /**
   * Adds pairs (in the order of `rows`) to the histograms of a run of columns, all but their commonest bins; leaves the
   * sum of all pairs at `total`.
   */
  histogramOfRun(
    rows: number,
    end: number,
    starts: number,
    pairs: number,
    cells: number,
    total: number,
    countBits: number,
  ): void;
  /** Gives the empty cell at `lacking` what the others of its histogram lack of `total`. */
  complete(cells: number, end: number, lacking: number, total: number): void;
  /** Copies the pairs of these rows next to each other. */
  gather(rows: number, end: number, pairs: number, ordered: number): void;
  /** Takes one histogram from another, cell by cell, in place. */
  subtract(from: number, end: number, what: number): void;
  /**
   * Moves the rows whose bin has a 1 in `sides` to the front and the others to `scratch`, keeping both orders. Returns
   * how many went to the front.
   */
  partition(rows: number, end: number, column: number, sides: number, scratch: number): number;
  /** Copies bytes; the two places may overlap. */
  move(to: number, from: number, bytes: number): void;
  /** Sets bytes to 0. */
  clear(from: number, bytes: number): void;
  /** Adds a step to the scores of these rows. */
  addStep(rows: number, end: number, scores: number, step: number): void;
  /** The pairs of log loss at these scores: gradient and hessian, times the weight, in whole units. */
  logLoss(
    scores: number,
    end: number,
    targets: number,
    weights: number,
    pairs: number,
    perGradientUnit: number,
    perHessianUnit: number,
  ): void;
  /** Rounds gradients and hessians to pairs in whole units. */
  pack(
    gradients: number,
    end: number,
    hessians: number,
    pairs: number,
    perGradientUnit: number,
    perHessianUnit: number,
  ): void;
  readonly searchNumbers: Search;
  /** The same under bounds on the values of the two sides, the right one being the higher for a positive direction. */
  readonly searchBounded: Search;
}

/**
 * Finds the best split of a leaf on a column of numbers, from its histogram, and leaves it at `found`, as `SplitSearch`
 * says: told the sums of the leaf, what a unit of them is worth, what a split must keep to, the score of the leaf, the
 * least that a split must exceed, and bounds.
 */
export type Search = (
  cells: number,
  missing: number,
  found: number,
  gradient: number,
  hessian: number,
  count: number,
  gradientUnit: number,
  hessianUnit: number,
  countBits: number,
  minLeaf: number,
  minHessian: number,
  l2: number,
  own: number,
  least: number,
  direction: number,
  low: number,
  high: number,
) => void;

/** The kernel working on this memory. */
export function kernelOn(memory: SharedMemory): Kernel {
  return instanceOf<Kernel>(kernelText, memory);
}
