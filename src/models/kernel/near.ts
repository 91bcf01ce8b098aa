/** The search for neighbours as a function on a shared memory; `near.as.ts` has it. */
import { loadKernel } from '../../wasm/load-kernel.js';
import type { SharedMemory } from '../../wasm/shared-memory.js';

/** Numbers are byte addresses, `space` that of a structure; points are given by those of their first numbers, from 0 on. */
export interface NearLoop {
  /** Looks at the points `at` to `end`, and lists those near enough to `own` or it to them; returns how many entries. */
  findNear(space: number, own: number, at: number, end: number): number;
}

/** The loop working on this memory. */
export function nearLoop(memory: SharedMemory): NearLoop {
  return loadKernel(new URL('./near.wasm', import.meta.url), memory);
}
