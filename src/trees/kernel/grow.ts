/** The inner loops of growing a tree for boosting, as functions on a shared memory; `grow.as.ts` has them. */
import { loadKernel } from '../../wasm/load-kernel.js';
import type { SharedMemory } from '../../wasm/shared-memory.js';

/**
 * Numbers are byte addresses, of structures where `structures.ts` has one of that name, or places among the rows; `end` is
 * what comes after the last element.
 */
export interface GrowKernel {
  /** Adds the pairs of a leaf (in the order of its rows) to the histograms of the four columns of a group. */
  histogramOfFour(leaf: number, group: number, histogram: number): void;
  /** Writes the sums of the pairs of a leaf (found by row) as those of one bin. */
  sum(leaf: number, bin: number): void;
  /**
   * Adds the pairs of a leaf (in the order of its rows) to the histograms of a run of columns, all but their commonest bins;
   * leaves the sum of all pairs where the find of the first column will stand.
   */
  histogramOfRun(leaf: number, starts: number, histogram: number): void;
  /** Gives the empty bin at `lacking` what the others of its histogram lack of the sum at `total`. */
  complete(histogram: number, end: number, lacking: number, total: number): void;
  /** Takes one histogram from another, bin by bin, in place. */
  subtract(histogram: number, end: number, other: number): void;
  /** Copies the pairs of these rows next to each other, from place `out` of those in order on. */
  gather(rowsPlace: number, from: number, to: number, out: number): void;
  /**
   * Moves the rows whose bin has a 1 in the sides to the front and the others to the scratch, keeping both orders.
   * Returns how many went to the front.
   */
  partition(rowsPlace: number, from: number, to: number, bins: number): number;
  /** Copies bytes; the two places may overlap. */
  move(to: number, from: number, bytes: number): void;
  /** Sets bytes to 0. */
  clear(from: number, bytes: number): void;
  /** Adds a step to the scores of these rows. */
  addStep(rowsPlace: number, from: number, to: number, step: number): void;
  /** The pairs of log loss at the present scores of the table's rows, from an even one on, in whole units. */
  logLoss(rowsPlace: number, from: number, to: number): void;
  /** Gradients and hessians of a loss on numbers, and the greatest of them; of the table's rows, from an even one on. */
  gradients(rowsPlace: number, from: number, to: number, greatest: number): void;
  /** Rounds the gradients and hessians of the table's rows, from an even one on, to pairs in whole units. */
  pack(rowsPlace: number, from: number, to: number): void;
  /** Finds the best split of a leaf on a column of numbers; `missing` is the bin for missing values. */
  searchNumbers(leaf: number, histogram: number, missing: number): void;
  /** The same under bounds on the values of the two sides, the right one being the higher for a positive direction. */
  searchBounded(leaf: number, histogram: number, missing: number, direction: number): void;
}

/** The kernel working on this memory. */
export function growKernel(memory: SharedMemory): GrowKernel {
  return loadKernel(new URL('./grow.wasm', import.meta.url), memory);
}
