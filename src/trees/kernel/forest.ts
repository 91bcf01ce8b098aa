/** The growing of one tree of a forest, as functions on a shared memory; `forest.as.ts` has them. */
import { loadKernel } from '../../wasm/load-kernel.js';
import type { SharedMemory } from '../../wasm/shared-memory.js';

/** Numbers are the addresses of structures. */
export interface ForestKernel {
  /** Draws as many rows as there are, with putting back, and counts how often it drew each. */
  drawRows(forest: number): void;
  /** The most that any row weighs, drawn as often as it was. */
  mostWeight(forest: number, rowsPlace: number): number;
  /**
   * Writes the pairs of all rows in whole units, lists the rows that weigh something, and leaves the sums in the root.
   * Returns how many it listed.
   */
  fillPairs(forest: number, rowsPlace: number): number;
  /** Grows a tree from its root, which is written. */
  grow(forest: number, rowsPlace: number): void;
}

/** What the kernel asks of the program. */
export interface ForestHost {
  /** Finds the best split of the leaf on a column of categories and leaves it behind the histogram. */
  searchCategories(column: number): void;
}

/** The kernel working on this memory. */
export function forestKernel(memory: SharedMemory, host: ForestHost): ForestKernel {
  return loadKernel(new URL('./forest.wasm', import.meta.url), memory, host);
}
