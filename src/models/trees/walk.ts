/** Trees as a kernel walks them: a single row down many trees at once, or many rows down one tree after another. */
import type { Matrix } from '../../table/matrix.js';
import { instanceOf, sharedMemory } from './kernel.js';
import { fillSlots, most, type Slots, slotsOf } from './slots.js';
import { type Trees, treeCount } from './trees.js';
import { blockRows, lanes, nodeBytes, walkText } from './walk-text.js';

/** A way to add up leaves. Both give `base` and the values of a row's leaves, added in the order of the trees. */
export interface TreeWalk {
  /** Of a matrix of one row: what a service does for each request. */
  row(matrix: Matrix, base: number): number;
  /** Of each row. */
  rows(matrix: Matrix, base: number): Float64Array;
}

/** Addresses in bytes. */
interface WalkKernel {
  walkRow(roots: number, end: number, base: number): number;
  walkRows(rows: number, end: number, root: number, sums: number): void;
  rank(numbers: number, end: number, thresholds: number, count: number, slots: number): void;
}

/** As many as 16 bits can number, four bytes apart. */
const mostSlots = 16_384;

/** Takes milliseconds, so keep it. Undefined where the trees have more distinct tests than fit. */
export function treeWalk(trees: Trees): TreeWalk | undefined {
  const slots = slotsOf(trees);
  if (slots.count >= mostSlots || slots.thresholds.some((list) => list.length >= most)) return undefined;
  const nodes = trees.column.length;
  const count = treeCount(trees);
  const groups = Math.ceil(count / lanes);
  const place = placesFor([
    4 * (slots.count + 1), // of one row
    4 * (slots.count + 1) * blockRows,
    8 * slots.thresholds.reduce((sum, list) => sum + list.length, 0),
    8 * blockRows, // numbers of a column
    8 * blockRows, // sums
    4 * groups * lanes, // roots
    nodeBytes * (nodes + 1), // one more that fills the last group
  ]);
  const [, blockAt, thresholdsAt, numbersAt, sumsAt, rootsAt, nodesAt, end] = place as Places;
  const memory = sharedMemory(end);
  const { buffer } = memory;
  const row = new Int32Array(buffer, 0, slots.count + 1);
  const block = new Int32Array(buffer, blockAt, (slots.count + 1) * blockRows);

  const roots = new Int32Array(buffer, rootsAt, groups * lanes).fill(nodesAt + nodeBytes * nodes);
  for (let tree = 0; tree < count; tree++) roots[tree] = nodesAt + nodeBytes * trees.roots[tree]!;
  const halves = new Int16Array(buffer, nodesAt, 8 * (nodes + 1));
  const words = new Int32Array(buffer, nodesAt, 4 * (nodes + 1));
  const values = new Float64Array(buffer, nodesAt, 2 * (nodes + 1));
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

  const kernel = instanceOf<WalkKernel>(walkText, memory);
  const rootsEnd = rootsAt + 4 * groups * lanes;
  const numbers = new Float64Array(buffer, numbersAt, blockRows);
  const sums = new Float64Array(buffer, sumsAt, blockRows);
  const fill = blockFiller(slots, { block, blockAt, numbers, numbersAt, thresholdsAt, kernel, buffer });
  return {
    row(matrix, base) {
      fillSlots(matrix, slots, row);
      return kernel.walkRow(rootsAt, rootsEnd, base);
    },
    rows(matrix, base) {
      const out = new Float64Array(matrix.rowCount);
      for (let from = 0; from < matrix.rowCount; from += blockRows) {
        const to = Math.min(from + blockRows, matrix.rowCount);
        fill(matrix, from, to);
        sums.fill(base);
        const blockEnd = blockAt + 4 * (to - from);
        for (let tree = 0; tree < count; tree++) kernel.walkRows(blockAt, blockEnd, roots[tree]!, sumsAt);
        for (let row = from; row < to; row++) out[row] = sums[row - from]!;
      }
      return out;
    },
  };
}

type Places = [number, number, number, number, number, number, number, number];

/** Where areas of so many bytes begin, one behind the other, and where the last one ends. */
function placesFor(areas: readonly number[]): number[] {
  let end = 0;
  return [0, ...areas.map((size) => (end += Math.ceil(size / 8) * 8))];
}

interface BlockPlaces {
  readonly block: Int32Array;
  readonly blockAt: number;
  readonly numbers: Float64Array;
  readonly numbersAt: number;
  readonly thresholdsAt: number;
  readonly kernel: WalkKernel;
  readonly buffer: SharedArrayBuffer;
}

/** Puts rows into the slots of a block. What earlier rows left behind them does no harm: their sums are not read. */
function blockFiller(slots: Slots, places: BlockPlaces): (matrix: Matrix, from: number, to: number) => void {
  const { block, blockAt, numbers, numbersAt, kernel } = places;
  const thresholdsAt: number[] = [];
  let end = places.thresholdsAt;
  for (const list of slots.thresholds) {
    new Float64Array(places.buffer, end, list.length).set(list);
    thresholdsAt.push(end);
    end += 8 * list.length;
  }
  return (matrix, from, to) => {
    for (let j = 0; j < slots.first.length; j++) {
      const column = matrix.columns[j]!;
      const first = slots.first[j]!;
      if (column.kind === 'number') {
        const count = slots.thresholds[j]!.length;
        if (count === 0) continue;
        // In a shared memory a loop copies faster than `set`.
        for (let row = from; row < to; row++) numbers[row - from] = column.values[row]!;
        const slotsAt = blockAt + 4 * blockRows * first;
        kernel.rank(numbersAt, numbersAt + 8 * (to - from), thresholdsAt[j]!, count, slotsAt);
      } else {
        const outcomes = slots.outcomes[j]!;
        for (let row = from; row < to; row++) {
          const held = outcomes[column.codes[row]! + 1]!;
          for (let i = 0, at = first * blockRows + row - from; i < held.length; i++, at += blockRows)
            block[at] = held[i]!;
        }
      }
    }
  };
}
