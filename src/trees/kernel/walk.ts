/** The walks down trees, as functions on a shared memory; `walk.as.ts` has them. */
import { loadKernel } from '../../wasm/load-kernel.js';
import type { SharedMemory } from '../../wasm/shared-memory.js';

/** Numbers are byte addresses, `ranked` that of a structure. */
export interface WalkKernel {
  /** `base` and the leaves of the row whose slots stand at 0, tree after tree; the list of roots is filled up to fours. */
  walkRow(roots: number, end: number, base: number): number;
  /** Adds the leaves of one tree to the sums of the rows of a block. */
  walkRows(rows: number, end: number, root: number, sums: number): void;
  /** Puts the ranks of a block's first numbers into two slots; in the second one a missing number is above all. */
  rank(ranked: number, count: number): void;
}

/** The kernel working on this memory. */
export function walkKernel(memory: SharedMemory): WalkKernel {
  return loadKernel(new URL('./walk.wasm', import.meta.url), memory);
}
