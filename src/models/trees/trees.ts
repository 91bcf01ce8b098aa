/** Many trees in flat arrays, each node after its parent: the form that predicts, explains and is saved. */
import type { Shape } from '../../table/matrix.js';

/**
 * Nodes of all trees, each tree in pre-order: the left child of node i is i + 1. Thresholds are in the data's own
 * units. One array a field, so that a walk touches no object.
 */
export interface Trees {
  /** What a row looks like. */
  readonly shape: Shape;
  /** The first node of each tree, and the number of nodes at the end. */
  readonly roots: Int32Array;
  /** The column that parts the node's rows; -1 for a leaf. */
  readonly column: Int32Array;
  /** Numbers: values at most this go left. Leaves: the value. Categories: NaN, which no value is below or above. */
  readonly threshold: Float64Array;
  /** The right child; 0 for a leaf. */
  readonly right: Int32Array;
  /** 1 where missing values go left. */
  readonly missingLeft: Uint8Array;
  /** Categories: where the bits of the codes that go left begin in `sets`. */
  readonly set: Int32Array;
  readonly sets: Uint32Array;
  /** Training rows that came to the node. */
  readonly rows: Float64Array;
}

/** How many trees there are. */
export function treeCount(trees: Trees): number {
  return trees.roots.length - 1;
}

/** One node as a builder takes it, parents before children, left before right. */
export type NewNode =
  | { kind: 'leaf'; value: number; rows: number }
  | { kind: 'number'; column: number; threshold: number; missingLeft: boolean }
  | { kind: 'category'; column: number; codes: Iterable<number>; missingLeft: boolean };

/** Collects nodes into `Trees`. Add the nodes of one tree in pre-order; where one ends follows from its leaves. */
export class TreesBuilder {
  readonly #shape: Shape;
  readonly #roots: number[] = [];
  readonly #column: number[] = [];
  readonly #threshold: number[] = [];
  readonly #right: number[] = [];
  readonly #missingLeft: number[] = [];
  readonly #set: number[] = [];
  readonly #sets: number[] = [];
  readonly #rows: number[] = [];
  /** Nodes whose right child is still to come. */
  readonly #open: number[] = [];
  #done = true;

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  /** True where the tree begun last is whole. */
  get done(): boolean {
    return this.#done;
  }

  add(node: NewNode): void {
    const index = this.#column.length;
    if (this.#done) this.#roots.push(index);
    this.#done = false;
    this.#column.push(node.kind === 'leaf' ? -1 : node.column);
    this.#threshold.push(
      node.kind === 'leaf' ? node.value : node.kind === 'number' ? node.threshold : Number.NaN,
    );
    this.#right.push(0);
    this.#missingLeft.push(node.kind !== 'leaf' && node.missingLeft ? 1 : 0);
    this.#set.push(node.kind === 'category' ? this.#addSet(node.column, node.codes) : 0);
    this.#rows.push(node.kind === 'leaf' ? node.rows : 0);
    if (node.kind !== 'leaf') {
      this.#open.push(index);
      return;
    }
    const parent = this.#open.pop();
    if (parent === undefined) this.#done = true;
    else this.#right[parent] = index + 1;
  }

  build(): Trees {
    const rows = Float64Array.from(this.#rows);
    for (let i = rows.length - 1; i >= 0; i--)
      if (this.#column[i]! >= 0) rows[i] = rows[i + 1]! + rows[this.#right[i]!]!;
    return {
      shape: this.#shape,
      roots: Int32Array.from([...this.#roots, this.#column.length]),
      column: Int32Array.from(this.#column),
      threshold: Float64Array.from(this.#threshold),
      right: Int32Array.from(this.#right),
      missingLeft: Uint8Array.from(this.#missingLeft),
      set: Int32Array.from(this.#set),
      sets: Uint32Array.from(this.#sets),
      rows,
    };
  }

  #addSet(column: number, codes: Iterable<number>): number {
    const shape = this.#shape[column]!;
    const start = this.#sets.length;
    const words = shape.kind === 'category' ? Math.ceil(shape.levels / 32) : 0;
    for (let i = 0; i < words; i++) this.#sets.push(0);
    for (const code of codes) this.#sets[start + (code >>> 5)]! |= 1 << (code & 31);
    return start;
  }
}

/** All these trees in one, in their order; they must be of one shape. */
export function joinTrees(shape: Shape, parts: readonly Trees[]): Trees {
  let nodes = 0;
  let words = 0;
  let count = 0;
  for (const part of parts) {
    nodes += part.column.length;
    words += part.sets.length;
    count += treeCount(part);
  }
  const all: Trees = {
    shape,
    roots: new Int32Array(count + 1),
    column: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    right: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    set: new Int32Array(nodes),
    sets: new Uint32Array(words),
    rows: new Float64Array(nodes),
  };
  let [node, word, tree] = [0, 0, 0];
  for (const part of parts) {
    all.column.set(part.column, node);
    all.threshold.set(part.threshold, node);
    all.missingLeft.set(part.missingLeft, node);
    all.rows.set(part.rows, node);
    all.sets.set(part.sets, word);
    for (let i = 0; i < part.column.length; i++) {
      all.right[node + i] = part.right[i]! > 0 ? part.right[i]! + node : 0;
      all.set[node + i] = part.set[i]! + word;
    }
    for (let i = 0; i < treeCount(part); i++) all.roots[tree++] = part.roots[i]! + node;
    node += part.column.length;
    word += part.sets.length;
  }
  all.roots[count] = nodes;
  return all;
}
