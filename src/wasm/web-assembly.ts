/** The few parts of WebAssembly that kernels need, typed: Node's types have none of it. */

/** A memory that threads can share. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

interface WebAssemblyHere {
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports: Readonly<Record<string, object>>) => { exports: unknown };
}

/** Node's own. */
export const webAssembly: WebAssemblyHere = (globalThis as unknown as { WebAssembly: WebAssemblyHere })
  .WebAssembly;
