/** Memories that kernels work on and threads can share. */
import { type SharedMemory, webAssembly } from './web-assembly.js';

export type { SharedMemory } from './web-assembly.js';

const pageBytes = 65536;
const mostPages = 65536;

/** A memory of at least so many bytes, all 0. */
export function sharedMemory(bytes: number): SharedMemory {
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  return new webAssembly.Memory({ initial: pages, maximum: mostPages, shared: true });
}

/** Makes the memory at least so many bytes long; views made before see only what there was. */
export function growTo(memory: SharedMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
}
