/** The inner loops of tree growing as functions on a shared memory; what they do stands in `kernel-text.ts`. */
import { assemble } from './assemble.js';
import { kernelText } from './kernel-text.js';

/** A memory that threads can share; Node's types have no WebAssembly, hence these few lines. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

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

interface WebAssemblyHere {
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports: { shared: object }) => { exports: unknown };
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyHere };
const pageBytes = 65536;
const mostPages = 65536;

/** Finds places one behind another in a memory that is made afterwards. */
export class MemoryPlan {
  /** Where the last place ends, in bytes. */
  end: number;

  constructor(begin: number = 0) {
    this.end = begin;
  }

  /** The address of so many bytes: a multiple of 64, where a line of the cache begins. */
  take(bytes: number): number {
    const address = this.end;
    this.end = Math.ceil((address + bytes) / 64) * 64;
    return address;
  }
}

/** A memory of at least so many bytes, all 0. */
export function sharedMemory(bytes: number): SharedMemory {
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  return new WebAssembly.Memory({ initial: pages, maximum: mostPages, shared: true });
}

/** Makes the memory at least so many bytes long; views made before see only what there was. */
export function growTo(memory: SharedMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
}

const modules = new Map<string, object>();

/**
 * What a module in WebAssembly text exports, working on this memory; `functions` are those that it imports. A text is
 * compiled once a thread.
 */
export function instanceOf<Exports>(text: string, memory: SharedMemory, functions: object = {}): Exports {
  const module = modules.get(text) ?? new WebAssembly.Module(assemble(text));
  modules.set(text, module);
  return new WebAssembly.Instance(module, { shared: { memory, ...functions } }).exports as Exports;
}

/** The kernel working on this memory. */
export function kernelOn(memory: SharedMemory): Kernel {
  return instanceOf<Kernel>(kernelText, memory);
}
