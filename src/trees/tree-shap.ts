/** Exact Shapley values of trees: how much each column moved each row away from the average. */
import type { Matrix } from '../table/matrix.js';
import { copyRows, goesLeft } from './predictor.js';
import { type Trees, treeCount } from './trees.js';

/** Contributions of all columns to the sum of the trees, row-major, and what the trees give on average. */
export interface TreeContributions {
  readonly base: number;
  readonly values: Float64Array;
}

/**
 * Path-dependent TreeSHAP (Lundberg et al., "From local explanations to global understanding with explainable AI for
 * trees", 2020, algorithm 2): a column that is not known is averaged over by the training rows on either side.
 * `base` plus the values of a row is the sum of its leaves. Time per row: trees × leaves × depth², at most:
 * rows that go the same ways are walked with together.
 */
export function treeContributions(trees: Trees, matrix: Matrix): TreeContributions {
  const explainer = new Explainer(trees, matrix);
  for (let tree = 0; tree < treeCount(trees); tree++) explainer.explain(trees.roots[tree]!);
  return { base: explainer.base, values: explainer.out };
}

/**
 * The path of Lundberg's algorithm, kept as one stack of arrays: each depth of the tree has its own copy, longer by
 * one element. Element i: a column, the share of rows that go this way when it is unknown (`zero`) and when it is
 * known (`one`: 0 or 1), and the weight of the subsets of i known columns. Rows that went the same ways share a path.
 */
class Explainer {
  base = 0;
  /** Contributions, row-major. */
  readonly out: Float64Array;
  readonly #trees: Trees;
  readonly #column: Int32Array;
  readonly #zero: Float64Array;
  readonly #one: Float64Array;
  readonly #weight: Float64Array;
  /** 1 / i: dividing takes most of the time otherwise. */
  readonly #inverse: Float64Array;
  /** What the rows hold, row-major. */
  readonly #values: Float64Array;
  /** The rows, of which those that share a path stand together. */
  readonly #order: Int32Array;

  constructor(trees: Trees, matrix: Matrix) {
    this.#trees = trees;
    const depth = deepest(trees) + 2;
    const size = (depth * (depth + 1)) / 2;
    this.#column = new Int32Array(size);
    this.#zero = new Float64Array(size);
    this.#one = new Float64Array(size);
    this.#weight = new Float64Array(size);
    this.#inverse = Float64Array.from({ length: depth + 1 }, (_, i) => 1 / i);
    this.#order = Int32Array.from({ length: matrix.rowCount }, (_, i) => i);
    this.#values = new Float64Array(matrix.rowCount * trees.shape.length);
    copyRows(matrix, 0, matrix.rowCount, this.#values);
    this.out = new Float64Array(this.#values.length);
  }

  /** Adds what a tree says. */
  explain(root: number): void {
    this.base += this.#mean(root);
    this.#walk(0, this.#order.length, root, 0, 0, 1, 1, -1);
  }

  #mean(node: number): number {
    const { column, threshold, right, rows } = this.#trees;
    if (column[node]! < 0) return threshold[node]!;
    const [a, b] = [node + 1, right[node]!];
    return (rows[a]! * this.#mean(a) + rows[b]! * this.#mean(b)) / rows[node]!;
  }

  /** Walks on from a node with the rows from `low` to `high` of the order, whose path has `length` elements behind `from`. */
  #walk(
    low: number,
    high: number,
    node: number,
    from: number,
    length: number,
    zero: number,
    one: number,
    through: number,
  ): void {
    if (low === high) return;
    // This depth's path stands behind its parent's.
    const start = from + length;
    for (let i = 0; i < length; i++) {
      this.#column[start + i] = this.#column[from + i]!;
      this.#zero[start + i] = this.#zero[from + i]!;
      this.#one[start + i] = this.#one[from + i]!;
      this.#weight[start + i] = this.#weight[from + i]!;
    }
    this.#extend(start, length, zero, one, through);
    const { column, right, rows } = this.#trees;
    const split = column[node]!;
    if (split < 0) {
      this.#addLeaf(low, high, node, start, length);
      return;
    }
    const [left, other] = [node + 1, right[node]!];
    const middle = this.#part(low, high, node);
    let [knownZero, knownOne] = [1, 1];
    let last = length;
    for (let i = 1; i <= length; i++) {
      if (this.#column[start + i] !== split) continue;
      // The column was met before: its two shares multiply, and it stands in the path once.
      knownZero = this.#zero[start + i]!;
      knownOne = this.#one[start + i]!;
      this.#unwind(start, last, i);
      last--;
      break;
    }
    const leftZero = knownZero * (rows[left]! / rows[node]!);
    const otherZero = knownZero * (rows[other]! / rows[node]!);
    this.#walk(low, middle, left, start, last + 1, leftZero, knownOne, split);
    this.#walk(low, middle, other, start, last + 1, otherZero, 0, split);
    this.#walk(middle, high, other, start, last + 1, otherZero, knownOne, split);
    this.#walk(middle, high, left, start, last + 1, leftZero, 0, split);
  }

  /** Puts the rows that go left before the others, and tells where these begin. */
  #part(low: number, high: number, node: number): number {
    const [trees, values, order] = [this.#trees, this.#values, this.#order];
    const width = trees.shape.length;
    const split = trees.column[node]!;
    let middle = low;
    for (let at = low; at < high; at++) {
      const row = order[at]!;
      if (!goesLeft(trees, node, values[row * width + split]!)) continue;
      order[at] = order[middle]!;
      order[middle++] = row;
    }
    return middle;
  }

  #addLeaf(low: number, high: number, node: number, start: number, length: number): void {
    const [out, order] = [this.out, this.#order];
    const width = this.#trees.shape.length;
    const leaf = this.#trees.threshold[node]!;
    // The columns that the rows do not go with all stray by the same.
    const apart = this.#sumApart(start, length);
    for (let i = 1; i <= length; i++) {
      const [zero, one] = [this.#zero[start + i]!, this.#one[start + i]!];
      const sum = one === 0 ? apart / zero : this.#sumWithout(start, length, zero);
      const moved = sum * (one - zero) * leaf;
      const split = this.#column[start + i]!;
      for (let at = low; at < high; at++) out[order[at]! * width + split]! += moved;
    }
  }

  #extend(start: number, length: number, zero: number, one: number, column: number): void {
    const weight = this.#weight;
    this.#column[start + length] = column;
    this.#zero[start + length] = zero;
    this.#one[start + length] = one;
    weight[start + length] = length === 0 ? 1 : 0;
    const share = this.#inverse[length + 1]!;
    for (let i = length - 1; i >= 0; i--) {
      const held = weight[start + i]! * share;
      weight[start + i + 1]! += one * held * (i + 1);
      weight[start + i] = zero * held * (length - i);
    }
  }

  /** Takes element `index` out of a path whose last element is `last`. */
  #unwind(start: number, last: number, index: number): void {
    const [weight, inverse] = [this.#weight, this.#inverse];
    const one = this.#one[start + index]!;
    const zero = this.#zero[start + index]!;
    const missed = zero * inverse[last + 1]!;
    const alone = (last + 1) / zero;
    let next = weight[start + last]!;
    for (let i = last - 1; i >= 0; i--) {
      if (one === 0) weight[start + i]! *= alone * inverse[last - i]!;
      else {
        const held = weight[start + i]!;
        weight[start + i] = next * (last + 1) * inverse[i + 1]!;
        next = held - weight[start + i]! * missed * (last - i);
      }
    }
    for (let i = index; i < last; i++) {
      this.#column[start + i] = this.#column[start + i + 1]!;
      this.#zero[start + i] = this.#zero[start + i + 1]!;
      this.#one[start + i] = this.#one[start + i + 1]!;
    }
  }

  /** The sum of the weights without an element that the rows do not go with, times its `zero`. */
  #sumApart(start: number, last: number): number {
    const [weight, inverse] = [this.#weight, this.#inverse];
    let total = 0;
    for (let i = last - 1; i >= 0; i--) total += weight[start + i]! * inverse[last - i]!;
    return total * (last + 1);
  }

  /** The sum of the weights without an element that the rows go with. */
  #sumWithout(start: number, last: number, zero: number): number {
    const [weight, inverse] = [this.#weight, this.#inverse];
    const missed = zero * inverse[last + 1]!;
    let total = 0;
    let next = weight[start + last]!;
    for (let i = last - 1; i >= 0; i--) {
      const held = next * (last + 1) * inverse[i + 1]!;
      total += held;
      next = weight[start + i]! - held * missed * (last - i);
    }
    return total;
  }
}

function deepest(trees: Trees): number {
  const depth = new Uint32Array(trees.column.length);
  let most = 0;
  for (let node = 0; node < depth.length; node++) {
    if (depth[node]! > most) most = depth[node]!;
    if (trees.column[node]! < 0) continue;
    depth[node + 1] = depth[node]! + 1;
    depth[trees.right[node]!] = depth[node]! + 1;
  }
  return most;
}
