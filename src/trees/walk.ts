/** Trees as a kernel walks them: a single row down many trees at once, or many rows down one tree after another. */
import type { Matrix } from '../table/matrix.js';
import { MemoryPlan } from '../wasm/memory-plan.js';
import { sharedMemory } from '../wasm/shared-memory.js';
import { bytesOf, type View, viewOf } from '../wasm/structure.js';
import { blockRows, lanes, ranked, walkNode } from './kernel/structures.js';
import { type WalkKernel, walkKernel } from './kernel/walk.js';
import { fillSlots, most, type Slots, slotsOf } from './slots.js';
import { type Trees, treeCount } from './trees.js';

/** A way to add up leaves. Both give `base` and the values of a row's leaves, added in the order of the trees. */
export interface TreeWalk {
  /** Of a matrix of one row: what a service does for each request. */
  row(matrix: Matrix, base: number): number;
  /** Of each row. */
  rows(matrix: Matrix, base: number): Float64Array;
}

const nodeBytes = bytesOf(walkNode);

/** As many as 16 bits can number, four bytes apart. */
const mostSlots = 16_384;

/** Takes milliseconds, so keep it. Undefined where the trees have more distinct tests than fit. */
export function treeWalk(trees: Trees): TreeWalk | undefined {
  const slots = slotsOf(trees);
  if (slots.count >= mostSlots || slots.thresholds.some((list) => list.length >= most)) return undefined;
  const nodes = trees.column.length;
  const count = treeCount(trees);
  const groups = Math.ceil(count / lanes);
  const plan = new MemoryPlan();
  const place = {
    // The kernel looks for the slots of one row at 0.
    row: plan.take(4 * (slots.count + 1)),
    block: plan.take(4 * (slots.count + 1) * blockRows),
    thresholds: slots.thresholds.map((list) => plan.take(8 * list.length)),
    numbers: plan.take(8 * blockRows),
    sums: plan.take(8 * blockRows),
    ranked: plan.take(bytesOf(ranked)),
    roots: plan.take(4 * groups * lanes),
    // One more that fills the last group.
    nodes: plan.take(nodeBytes * (nodes + 1)),
  };
  const memory = sharedMemory(plan.end);
  const { buffer } = memory;
  const row = new Int32Array(buffer, place.row, slots.count + 1);
  const block = new Int32Array(buffer, place.block, (slots.count + 1) * blockRows);

  for (const [j, list] of slots.thresholds.entries())
    new Float64Array(buffer, place.thresholds[j]!, list.length).set(list);
  const roots = new Int32Array(buffer, place.roots, groups * lanes).fill(place.nodes + nodeBytes * nodes);
  for (let tree = 0; tree < count; tree++) roots[tree] = place.nodes + nodeBytes * trees.roots[tree]!;
  const halves = new Int16Array(buffer, place.nodes, 8 * (nodes + 1));
  const words = new Int32Array(buffer, place.nodes, 4 * (nodes + 1));
  const values = new Float64Array(buffer, place.nodes, 2 * (nodes + 1));
  for (let node = 0; node <= nodes; node++) {
    const isLeaf = node === nodes || trees.column[node]! < 0;
    // The slot behind all others is 0, above the rank of a leaf: it always jumps, to itself.
    halves[8 * node] = 4 * (isLeaf ? slots.count : slots.slot[node]!);
    halves[8 * node + 1] = isLeaf ? -1 : slots.rank[node]!;
    words[4 * node + 1] = isLeaf ? -nodeBytes : nodeBytes * (trees.right[node]! - node - 1);
    // Adding -0 changes nothing at all.
    if (isLeaf) values[2 * node + 1] = node === nodes ? -0 : trees.threshold[node]!;
    else words[4 * node + 2] = slots.mask[node]!;
  }

  const kernel = walkKernel(memory);
  const rootsEnd = place.roots + 4 * groups * lanes;
  const numbers = new Float64Array(buffer, place.numbers, blockRows);
  const sums = new Float64Array(buffer, place.sums, blockRows);
  const column = viewOf(ranked, memory, place.ranked);
  const fill = blockFiller(slots, { block, numbers, place, column, kernel });
  return {
    row(matrix, base) {
      fillSlots(matrix, slots, row);
      return kernel.walkRow(place.roots, rootsEnd, base);
    },
    rows(matrix, base) {
      const out = new Float64Array(matrix.rowCount);
      for (let from = 0; from < matrix.rowCount; from += blockRows) {
        const to = Math.min(from + blockRows, matrix.rowCount);
        fill(matrix, from, to);
        sums.fill(base);
        const blockEnd = place.block + 4 * (to - from);
        for (let tree = 0; tree < count; tree++)
          kernel.walkRows(place.block, blockEnd, roots[tree]!, place.sums);
        for (let row = from; row < to; row++) out[row] = sums[row - from]!;
      }
      return out;
    },
  };
}

interface BlockFill {
  readonly block: Int32Array;
  readonly numbers: Float64Array;
  /** Where they stand, and the thresholds of each column. */
  readonly place: {
    readonly block: number;
    readonly numbers: number;
    readonly thresholds: readonly number[];
  };
  /** Tells the kernel of the column that is ranked. */
  readonly column: View<typeof ranked>;
  readonly kernel: WalkKernel;
}

/** Puts rows into the slots of a block. What earlier rows left behind them does no harm: their sums are not read. */
function blockFiller(
  slots: Slots,
  { block, numbers, place, column, kernel }: BlockFill,
): (matrix: Matrix, from: number, to: number) => void {
  return (matrix, from, to) => {
    for (let j = 0; j < slots.first.length; j++) {
      const feature = matrix.columns[j]!;
      const first = slots.first[j]!;
      if (feature.kind === 'number') {
        const count = slots.thresholds[j]!.length;
        if (count === 0) continue;
        // In a shared memory a loop copies faster than `set`.
        for (let row = from; row < to; row++) numbers[row - from] = feature.values[row]!;
        column.numbers = place.numbers;
        column.thresholds = place.thresholds[j]!;
        column.thresholdCount = count;
        column.entries = place.block + 4 * blockRows * first;
        kernel.rank(column.address, to - from);
      } else {
        const outcomes = slots.outcomes[j]!;
        for (let row = from; row < to; row++) {
          const held = outcomes[feature.codes[row]! + 1]!;
          for (let i = 0, at = first * blockRows + row - from; i < held.length; i++, at += blockRows)
            block[at] = held[i]!;
        }
      }
    }
  };
}
