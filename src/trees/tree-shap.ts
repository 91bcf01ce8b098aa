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
 * `base` plus the values of a row is the sum of its leaves. Time per row: trees × leaves × depth².
 */
export function treeContributions(trees: Trees, matrix: Matrix): TreeContributions {
  const width = trees.shape.length;
  const values = new Float64Array(matrix.rowCount * width);
  const explainer = new Explainer(trees);
  const row = new Float64Array(width);
  for (let i = 0; i < matrix.rowCount; i++) {
    copyRows(matrix, i, i + 1, row);
    explainer.explain(row, values.subarray(i * width, (i + 1) * width));
  }
  return { base: explainer.base, values };
}

/**
 * The path of Lundberg's algorithm, kept as one stack of arrays: each depth of the tree has its own copy, longer by
 * one element. Element i: a column, the share of rows that go this way when it is unknown (`zero`) and when it is
 * known (`one`: 0 or 1), and the weight of the subsets of i known columns.
 */
class Explainer {
  readonly base: number;
  readonly #trees: Trees;
  readonly #column: Int32Array;
  readonly #zero: Float64Array;
  readonly #one: Float64Array;
  readonly #weight: Float64Array;
  /** 1 / i: dividing takes most of the time otherwise. */
  readonly #inverse: Float64Array;

  constructor(trees: Trees) {
    this.#trees = trees;
    const depth = deepest(trees) + 2;
    const size = (depth * (depth + 1)) / 2;
    this.#column = new Int32Array(size);
    this.#zero = new Float64Array(size);
    this.#one = new Float64Array(size);
    this.#weight = new Float64Array(size);
    this.#inverse = Float64Array.from({ length: depth + 1 }, (_, i) => 1 / i);
    let base = 0;
    for (let tree = 0; tree < treeCount(trees); tree++) base += this.#mean(trees.roots[tree]!);
    this.base = base;
  }

  explain(row: Float64Array, out: Float64Array): void {
    for (let tree = 0; tree < treeCount(this.#trees); tree++)
      this.#walk(row, out, this.#trees.roots[tree]!, 0, 0, 1, 1, -1);
  }

  #mean(node: number): number {
    const { column, threshold, right, rows } = this.#trees;
    if (column[node]! < 0) return threshold[node]!;
    const [a, b] = [node + 1, right[node]!];
    return (rows[a]! * this.#mean(a) + rows[b]! * this.#mean(b)) / rows[node]!;
  }

  #walk(
    row: Float64Array,
    out: Float64Array,
    node: number,
    from: number,
    length: number,
    zero: number,
    one: number,
    through: number,
  ): void {
    // This depth's path stands behind its parent's, which has `length` elements.
    const start = from + length;
    for (let i = 0; i < length; i++) {
      this.#column[start + i] = this.#column[from + i]!;
      this.#zero[start + i] = this.#zero[from + i]!;
      this.#one[start + i] = this.#one[from + i]!;
      this.#weight[start + i] = this.#weight[from + i]!;
    }
    this.#extend(start, length, zero, one, through);
    const { column, threshold, right, rows } = this.#trees;
    const split = column[node]!;
    if (split < 0) {
      for (let i = 1; i <= length; i++) {
        const share = this.#one[start + i]! - this.#zero[start + i]!;
        out[this.#column[start + i]!]! += this.#unwoundSum(start, length, i) * share * threshold[node]!;
      }
      return;
    }
    const [left, other] = [node + 1, right[node]!];
    const value = row[split]!;
    const hot = goesLeft(this.#trees, node, value) ? left : other;
    const cold = hot === left ? other : left;
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
    this.#walk(row, out, hot, start, last + 1, knownZero * (rows[hot]! / rows[node]!), knownOne, split);
    this.#walk(row, out, cold, start, last + 1, knownZero * (rows[cold]! / rows[node]!), 0, split);
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

  /** The sum of the weights as they would be without element `index`. */
  #unwoundSum(start: number, last: number, index: number): number {
    const [weight, inverse] = [this.#weight, this.#inverse];
    const zero = this.#zero[start + index]!;
    let total = 0;
    if (this.#one[start + index] === 0) {
      for (let i = last - 1; i >= 0; i--) total += weight[start + i]! * inverse[last - i]!;
      return (total * (last + 1)) / zero;
    }
    let next = weight[start + last]!;
    const missed = zero * inverse[last + 1]!;
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
