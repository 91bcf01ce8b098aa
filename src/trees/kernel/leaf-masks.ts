/** Masks of leaves laid over one another, as functions on a shared memory; `leaf-masks.as.ts` has them. */
import { loadKernel } from '../../wasm/load-kernel.js';
import type { SharedMemory } from '../../wasm/shared-memory.js';

/** Numbers are byte addresses, `masks` and `ranked` those of structures. */
export interface MasksKernel {
  /** `base` and the leaves of one row, whose list has the address of a vector for each column. */
  sumRow(masks: number, list: number, base: number): number;
  /** The same for the first `count` rows of the block. */
  sumRows(masks: number, count: number, base: number): void;
  /** Writes for each of a block's first numbers the address of its vector: by its rank; behind all ranks for a missing one. */
  place(masks: number, ranked: number, count: number): void;
  /** Lays each vector, from the second of a column on, over the one before it. */
  layOver(second: number, end: number, bytes: number): void;
}

/** The kernel working on this memory. */
export function masksKernel(memory: SharedMemory): MasksKernel {
  return loadKernel(new URL('./leaf-masks.wasm', import.meta.url), memory);
}
