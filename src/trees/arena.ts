/** The ground trees grow on: one shared memory with the rows' bins, gradients, order and histograms, and where each lies. */
import type { Matrix } from '../table/matrix.js';
import { MemoryPlan } from '../wasm/memory-plan.js';
import { type SharedMemory, sharedMemory } from '../wasm/shared-memory.js';
import { bytesOf, type View, viewOf } from '../wasm/structure.js';
import { type Bins, writeBins } from './binning.js';
import { type GrowKernel, growKernel } from './kernel/grow.js';
import {
  greatest,
  histogramBytes,
  leaf,
  mostPieces,
  mostSteps,
  rowsPlace,
  step,
  work,
} from './kernel/structures.js';
import { makeRuns, type Run } from './runs.js';

/** Byte addresses in the memory, and what else a second thread needs to work on it. Plain data. */
export interface Layout {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Columns stand in groups of four: the four bins of a row in one 32-bit word. */
  readonly groupCount: number;
  /** The columns, in the pieces by which the histograms of all are filled; none where only some ever are. */
  readonly runs: readonly Run[];
  /** Bins of each column, without the one for missing. */
  readonly binCounts: readonly number[];
  readonly isCategory: readonly boolean[];
  /** The low bits of a bin's second integer that hold the count of rows; the hessian stands above them. */
  readonly countBits: number;
  /** groupCount × rowCount words. */
  readonly bins: number;
  /** A pair (gradient, hessian) of 32-bit integers a row. */
  readonly pairs: number;
  /** The same in the order of a leaf's rows. */
  readonly ordered: number;
  /** Row numbers, parted by leaf as the tree grows; and room to part them. */
  readonly rows: number;
  readonly scratch: number;
  /** 256 bytes: 1 where a bin goes left. */
  readonly sides: number;
  /** `slots` histograms of `slotBytes` each. */
  readonly histograms: number;
  readonly slotBytes: number;
  readonly slots: number;
  /** Doubles, one a row. */
  readonly scores: number;
  readonly targets: number;
  readonly weights: number;
  /** Doubles, one a row; none where pairs are written without them. */
  readonly gradientCount: number;
  readonly gradients: number;
  readonly hessians: number;
  /** The structures that kernels are told by: the places above, a leaf and its sibling, what threads do next. */
  readonly rowsPlace: number;
  readonly own: number;
  readonly sibling: number;
  readonly work: number;
  readonly steps: number;
  /** How many rows of each piece went left; and the greatest gradients and hessians of each. */
  readonly leftCounts: number;
  readonly greatest: number;
  /** A byte for each column: 1 where splits may use it. */
  readonly isUsed: number;
  /** As many bytes as were asked for, for what else there is. */
  readonly room: number;
}

/** The memory with its kernel and views. */
export interface Arena {
  readonly layout: Layout;
  readonly memory: SharedMemory;
  readonly kernel: GrowKernel;
  readonly place: View<typeof rowsPlace>;
  /** The leaf that is looked at, and its sibling. */
  readonly own: View<typeof leaf>;
  readonly sibling: View<typeof leaf>;
  readonly pairs: Int32Array;
  readonly rows: Uint32Array;
  readonly sides: Uint8Array;
  readonly scores: Float64Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/**
 * Lays out a memory for these rows, with room for `slots` histograms and, where asked for, for gradients and hessians as
 * doubles and for `room` bytes, and writes the bins; makes runs for `runsFor` threads to share, or none. Weights are all 1. With `threads` above 1 there is an
 * arena for each, to grow trees side by side: bins, scores, targets and weights are common, the rest is each one's own.
 */
export function makeArenas(
  matrix: Matrix,
  bins: readonly Bins[],
  options: { slots: number; threads?: number; gradients?: boolean; room?: number; runsFor?: number },
): readonly Arena[] {
  const { rowCount, columns } = matrix;
  const { slots } = options;
  const groupCount = Math.ceil(columns.length / 4);
  const gradientCount = options.gradients ? rowCount : 0;
  const slotBytes = groupCount * 4 * histogramBytes;
  const plan = new MemoryPlan(64);
  const shared = {
    ...{ rowCount, columnCount: columns.length, groupCount, slots, slotBytes },
    binCounts: bins.map(({ count }) => count),
    isCategory: bins.map(({ kind }) => kind === 'category'),
    countBits: Math.max(1, Math.ceil(Math.log2(rowCount + 1))),
    bins: plan.take(groupCount * rowCount * 4),
    scores: plan.take(rowCount * 8),
    targets: plan.take(rowCount * 8),
    weights: plan.take(rowCount * 8),
  };
  const layouts = Array.from({ length: options.threads ?? 1 }, () => ({
    ...shared,
    pairs: plan.take(rowCount * 8),
    ordered: plan.take(rowCount * 8),
    rows: plan.take(rowCount * 4),
    // Parting writes one row further than it keeps.
    scratch: plan.take(rowCount * 4 + 4),
    sides: plan.take(256),
    histograms: plan.take(slots * slotBytes),
    gradientCount,
    gradients: plan.take(gradientCount * 8),
    hessians: plan.take(gradientCount * 8),
    rowsPlace: plan.take(bytesOf(rowsPlace)),
    own: plan.take(bytesOf(leaf)),
    sibling: plan.take(bytesOf(leaf)),
    work: plan.take(bytesOf(work)),
    steps: plan.take(mostSteps * bytesOf(step)),
    leftCounts: plan.take(mostPieces * 4),
    greatest: plan.take(mostPieces * bytesOf(greatest)),
    isUsed: plan.take(columns.length),
    room: plan.take(options.room ?? 0),
  }));
  const memory = sharedMemory(plan.end);
  const written = {
    rowCount,
    bytes: new Uint8Array(memory.buffer),
    addresses: columns.map((_, j) => binsOf(shared, j)),
  };
  columns.forEach((column, j) => {
    writeBins(column, bins[j]!, written.bytes.subarray(written.addresses[j]!), 4);
  });
  const threads = options.runsFor;
  const runs = threads ? makeRuns(written, { memory, next: plan.end, threads }) : [];
  const arenas = layouts.map((layout) => arenaOn({ ...layout, runs }, memory));
  for (const { layout, place } of arenas) {
    const { scores, targets, weights, gradients, hessians, pairs, ordered, rows, scratch, sides } = layout;
    Object.assign(place, {
      scores,
      targets,
      weights,
      gradients,
      hessians,
      pairs,
      ordered,
      rows,
      scratch,
      sides,
    });
  }
  arenas[0]!.weights.fill(1);
  return arenas;
}

/** An arena to grow one tree at a time; `runsFor` says how many threads fill the histograms of all columns. */
export function makeArena(
  matrix: Matrix,
  bins: readonly Bins[],
  options: { slots: number; gradients?: boolean; room?: number; runsFor?: number },
): Arena {
  return makeArenas(matrix, bins, { runsFor: 1, ...options })[0]!;
}

/** The arena of a layout in a memory that is already filled. */
export function arenaOn(layout: Layout, memory: SharedMemory): Arena {
  const doubles = (address: number, count = layout.rowCount): Float64Array =>
    new Float64Array(memory.buffer, address, count);
  return {
    layout,
    memory,
    kernel: growKernel(memory),
    place: viewOf(rowsPlace, memory, layout.rowsPlace),
    own: viewOf(leaf, memory, layout.own),
    sibling: viewOf(leaf, memory, layout.sibling),
    pairs: new Int32Array(memory.buffer, layout.pairs, layout.rowCount * 2),
    rows: new Uint32Array(memory.buffer, layout.rows, layout.rowCount),
    sides: new Uint8Array(memory.buffer, layout.sides, 256),
    scores: doubles(layout.scores),
    targets: doubles(layout.targets),
    weights: doubles(layout.weights),
    gradients: doubles(layout.gradients, layout.gradientCount),
    hessians: doubles(layout.hessians, layout.gradientCount),
  };
}

/** The address of a column's bin in row 0; those of the next rows follow 4 bytes apart. */
export function binsOf(layout: Pick<Layout, 'bins' | 'rowCount'>, column: number): number {
  return layout.bins + (column >>> 2) * layout.rowCount * 4 + (column & 3);
}

/** The address of a column's histogram in a slot. */
export function histogramAt(layout: Layout, slot: number, column: number): number {
  return layout.histograms + slot * layout.slotBytes + column * histogramBytes;
}
