/** Trees of few leaves as masks: what a row's columns rule out, laid over one another, leaves its leaf of each tree. */
import type { Matrix } from '../table/matrix.js';
import { countBelow } from '../table/rising.js';
import { MemoryPlan } from '../wasm/memory-plan.js';
import { sharedMemory } from '../wasm/shared-memory.js';
import { bytesOf, viewOf } from '../wasm/structure.js';
import { masksKernel } from './kernel/leaf-masks.js';
import { blockRows, masks, mostLeaves, ranked, treesAtOnce } from './kernel/structures.js';
import { thresholdsOf } from './slots.js';
import { type Trees, treeCount } from './trees.js';
import type { TreeWalk } from './walk.js';

/** Larger tables stand too far from the processor to be quicker than a walk. */
const mostBytes = 4 * 1024 * 1024;

/** A column that the trees test: its vectors stand one behind the other. */
interface TestedColumn {
  readonly column: number;
  /** The first of its vectors: numbers have one for each rank, then one for missing; categories one for each code from -1. */
  readonly first: number;
  /** None for a category. */
  readonly thresholds: Float64Array | undefined;
}

/**
 * Adds up leaves without walking (Lucchese et al., "QuickScorer", 2015). Every test that a row fails rules out the leaves on
 * its left; the first leaf that no test rules out is the row's. All tests on a column depend on one value, so that their
 * masks can be laid over one another beforehand, for each rank among the column's thresholds and each level: a row
 * takes one vector of masks a column, 32 bits a tree. Undefined where a tree
 * has more leaves, no tree has a test, or the vectors take too many bytes.
 */
export function leafMasks(trees: Trees): TreeWalk | undefined {
  const leaf = leavesBefore(trees);
  if (!leaf) return undefined;
  const { shape } = trees;
  const width = Math.ceil(treeCount(trees) / treesAtOnce) * treesAtOnce;
  const isTested = shape.map(() => false);
  for (const column of trees.column) if (column >= 0) isTested[column] = true;
  const thresholds = thresholdsOf(trees);
  let vectors = 0;
  const tested = shape.flatMap((kind, column): TestedColumn[] => {
    if (!isTested[column]) return [];
    const first = vectors;
    vectors += kind.kind === 'number' ? thresholds[column]!.length + 2 : kind.levels + 1;
    return [{ column, first, thresholds: kind.kind === 'number' ? thresholds[column] : undefined }];
  });
  const bytes = width * 4;
  if (tested.length === 0 || vectors * bytes > mostBytes) return undefined;

  const plan = new MemoryPlan();
  const listBytes = tested.length * 4;
  const place = {
    lists: plan.take(blockRows * listBytes),
    numbers: plan.take(blockRows * 8),
    sums: plan.take(blockRows * 8),
    masks: plan.take(bytesOf(masks)),
    ranked: plan.take(bytesOf(ranked)),
    thresholds: thresholds.map((list) => plan.take(list.length * 8)),
    values: plan.take(width * mostLeaves * 8),
    vectors: plan.take(vectors * bytes),
  };
  const memory = sharedMemory(plan.end);
  const { buffer } = memory;
  // Adding -0 changes nothing at all.
  const values = new Float64Array(buffer, place.values, width * mostLeaves).fill(-0);
  trees.roots.subarray(0, -1).forEach((root, tree) => {
    for (let node = root; node < trees.roots[tree + 1]!; node++)
      if (trees.column[node]! < 0) values[tree * mostLeaves + leaf[node]!] = trees.threshold[node]!;
  });
  writeMasks(trees, { leaf, tested, width, vectors: new Int32Array(buffer, place.vectors, vectors * width) });
  for (const [j, list] of thresholds.entries())
    new Float64Array(buffer, place.thresholds[j]!, list.length).set(list);

  const addressOf = (vector: number): number => place.vectors + vector * bytes;
  const kernel = masksKernel(memory);
  const told = viewOf(masks, memory, place.masks);
  Object.assign(told, { lists: place.lists, listBytes, vectorBytes: bytes });
  Object.assign(told, { values: place.values, sums: place.sums });
  const ranks = viewOf(ranked, memory, place.ranked);
  // What fails a test fails those of lower thresholds too.
  for (const { first, thresholds } of tested)
    if (thresholds) kernel.layOver(addressOf(first + 1), addressOf(first + 1 + thresholds.length), bytes);
  const list = new Int32Array(buffer, place.lists, blockRows * tested.length);
  const numbers = new Float64Array(buffer, place.numbers, blockRows);
  const sums = new Float64Array(buffer, place.sums, blockRows);
  const fill = (matrix: Matrix, from: number, to: number): void =>
    tested.forEach(({ column, first, thresholds }, k) => {
      const feature = matrix.columns[column]!;
      if (feature.kind === 'number') {
        // In a shared memory a loop copies faster than `set`.
        for (let row = from; row < to; row++) numbers[row - from] = feature.values[row]!;
        ranks.numbers = place.numbers;
        ranks.thresholds = place.thresholds[column]!;
        ranks.thresholdCount = thresholds!.length;
        ranks.firstVector = addressOf(first);
        ranks.entries = place.lists + 4 * k;
        kernel.place(told.address, ranks.address, to - from);
      } else
        for (let row = from, at = k; row < to; row++, at += tested.length)
          list[at] = addressOf(first + feature.codes[row]! + 1);
    });
  return {
    row(matrix, base) {
      for (let k = 0; k < tested.length; k++) {
        const { column, first, thresholds } = tested[k]!;
        const feature = matrix.columns[column]!;
        list[k] = addressOf(
          first +
            (feature.kind === 'number' ? rankOf(feature.values[0]!, thresholds!) : feature.codes[0]! + 1),
        );
      }
      return kernel.sumRow(place.masks, place.lists, base);
    },
    rows(matrix, base) {
      const out = new Float64Array(matrix.rowCount);
      for (let from = 0; from < matrix.rowCount; from += blockRows) {
        const to = Math.min(from + blockRows, matrix.rowCount);
        fill(matrix, from, to);
        kernel.sumRows(place.masks, to - from, base);
        for (let row = from; row < to; row++) out[row] = sums[row - from]!;
      }
      return out;
    },
  };
}

/** The number's place among the vectors of its column. */
function rankOf(value: number, thresholds: Float64Array): number {
  return Number.isNaN(value) ? thresholds.length + 1 : countBelow(thresholds, value);
}

/** For each node, how many leaves of its tree stand left of it; undefined where a tree has too many. */
function leavesBefore({ roots, column }: Trees): Uint8Array | undefined {
  const out = new Uint8Array(column.length);
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    let leaves = 0;
    for (let node = roots[tree]!; node < roots[tree + 1]!; node++) {
      out[node] = leaves;
      if (column[node]! < 0) leaves++;
    }
    if (leaves > mostLeaves) return undefined;
  }
  return out;
}

/** Writes the masks: 0 for each leaf that is ruled out. */
function writeMasks(
  { roots, column, threshold, right, missingLeft, set, sets, shape }: Trees,
  {
    leaf,
    tested,
    width,
    vectors: words,
  }: { leaf: Uint8Array; tested: readonly TestedColumn[]; width: number; vectors: Int32Array },
): void {
  words.fill(-1);
  const testedOf: TestedColumn[] = [];
  for (const one of tested) testedOf[one.column] = one;
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    for (let node = roots[tree]!; node < roots[tree + 1]!; node++) {
      const j = column[node]!;
      if (j < 0) continue;
      const { first, thresholds } = testedOf[j]!;
      // Not the leaves of the left child, from its first to before the right child's; never all 32.
      const left = ~(((1 << (leaf[right[node]!]! - leaf[node]!)) - 1) << leaf[node]!);
      const at = first * width + tree;
      const missing = thresholds ? thresholds.length + 1 : 0;
      if (missingLeft[node] !== 1) words[at + missing * width]! &= left;
      if (thresholds) {
        words[at + (countBelow(thresholds, threshold[node]!) + 1) * width]! &= left;
        continue;
      }
      const { levels } = shape[j] as { levels: number };
      for (let code = 0; code < levels; code++)
        if (((sets[set[node]! + (code >>> 5)]! >>> (code & 31)) & 1) === 0)
          words[at + (code + 1) * width]! &= left;
    }
  }
}
