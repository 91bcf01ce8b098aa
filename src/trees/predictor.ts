/** Adds up the leaves that rows come to: by masks, by the kernel's walk, or by a plain one where neither is worth its while. */
import type { Matrix } from '../table/matrix.js';
import { leafMasks } from './leaf-masks.js';
import { type Trees, treeCount } from './trees.js';
import { type TreeWalk, treeWalk } from './walk.js';

/** Rows that are walked together: their values stay in the nearest cache while one tree after another passes. */
const blockRows = 256;

/** Trees times rows, and trees, from which on the others are worth the milliseconds that it takes to make them. */
const worthSteps = 65_536;
const worthTrees = 8;

/** Kept from call to call; undefined where the trees do not fit. */
const walks = new WeakMap<Trees, TreeWalk | undefined>();

/** For each row, `base` and the values of its leaves, added in the order of the trees. */
export function addTrees(trees: Trees, matrix: Matrix, base: number): Float64Array {
  const { rowCount } = matrix;
  if (rowCount === 1) {
    const walk = walkOf(trees);
    if (walk) return Float64Array.of(walk.row(matrix, base));
  }
  const count = treeCount(trees);
  if (count >= worthTrees && count * rowCount >= worthSteps) {
    const walk = walkOf(trees);
    if (walk) return walk.rows(matrix, base);
  }
  return addSlowly(trees, matrix, base);
}

function walkOf(trees: Trees): TreeWalk | undefined {
  let walk = walks.get(trees);
  if (walk === undefined && !walks.has(trees)) {
    walk = leafMasks(trees) ?? treeWalk(trees);
    walks.set(trees, walk);
  }
  return walk;
}

/** The same without a kernel. */
function addSlowly(trees: Trees, matrix: Matrix, base: number): Float64Array {
  const sums = new Float64Array(matrix.rowCount).fill(base);
  const width = trees.shape.length;
  const values = new Float64Array(Math.min(blockRows, matrix.rowCount) * width);
  const count = treeCount(trees);
  for (let from = 0; from < matrix.rowCount; from += blockRows) {
    const to = Math.min(from + blockRows, matrix.rowCount);
    copyRows(matrix, from, to, values);
    for (let tree = 0; tree < count; tree++) {
      const root = trees.roots[tree]!;
      for (let row = from, at = 0; row < to; row++, at += width)
        sums[row]! += trees.threshold[leafOf(trees, root, values, at)]!;
    }
  }
  return sums;
}

/** Copies rows next to each other, value after value; a category as its code, NaN where missing. */
export function copyRows(matrix: Matrix, from: number, to: number, out: Float64Array): void {
  const width = matrix.columns.length;
  for (let j = 0; j < width; j++) {
    const column = matrix.columns[j]!;
    if (column.kind === 'number')
      for (let row = from, at = j; row < to; row++, at += width) out[at] = column.values[row]!;
    else
      for (let row = from, at = j; row < to; row++, at += width) {
        const code = column.codes[row]!;
        out[at] = code < 0 ? Number.NaN : code;
      }
  }
}

/** The leaf that the row of values starting at `at` comes to. */
export function leafOf(trees: Trees, root: number, values: Float64Array, at: number): number {
  const { column, threshold, right } = trees;
  let node = root;
  for (;;) {
    const j = column[node]!;
    if (j < 0) return node;
    const value = values[at + j]!;
    const bound = threshold[node]!;
    if (value <= bound) node++;
    else if (value > bound) node = right[node]!;
    else node = goesLeft(trees, node, value) ? node + 1 : right[node]!;
  }
}

/** The rarer ways: a missing value, or a category, whose threshold is NaN. */
export function goesLeft(trees: Trees, node: number, value: number): boolean {
  if (Number.isNaN(value)) return trees.missingLeft[node] === 1;
  const bound = trees.threshold[node]!;
  if (!Number.isNaN(bound)) return value <= bound;
  return ((trees.sets[trees.set[node]! + (value >>> 5)]! >>> (value & 31)) & 1) === 1;
}
