/** Many trees in flat arrays, each node after its parent: the form that predicts, explains and is saved. */
import type { Shape } from '../table/matrix.js';

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
  #nodes: Nodes = emptyNodes(256);
  #count = 0;
  readonly #sets: number[] = [];
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
    if (node.kind === 'leaf') this.addLeaf(node.value, node.rows);
    else if (node.kind === 'number') this.addNumber(node.column, node.threshold, node.missingLeft);
    else {
      const set = this.#addSet(node.column, node.codes);
      // The arrays may be others after that: the node comes first.
      const index = this.addNumber(node.column, Number.NaN, node.missingLeft);
      this.#nodes.set[index] = set;
    }
  }

  addLeaf(value: number, rows: number): void {
    const index = this.#begin();
    this.#nodes.column[index] = -1;
    this.#nodes.threshold[index] = value;
    this.#nodes.rows[index] = rows;
    const parent = this.#open.pop();
    if (parent === undefined) this.#done = true;
    else this.#nodes.right[parent] = index + 1;
  }

  /** A node that parts by a number; returns its index. */
  addNumber(column: number, threshold: number, missingLeft: boolean): number {
    const index = this.#begin();
    this.#nodes.column[index] = column;
    this.#nodes.threshold[index] = threshold;
    this.#nodes.missingLeft[index] = missingLeft ? 1 : 0;
    this.#open.push(index);
    return index;
  }

  build(): Trees {
    const { column, threshold, right, missingLeft, set, rows } = this.#nodes;
    const count = this.#count;
    for (let i = count - 1; i >= 0; i--) if (column[i]! >= 0) rows[i] = rows[i + 1]! + rows[right[i]!]!;
    return {
      shape: this.#shape,
      roots: Int32Array.from([...this.#roots, count]),
      column: column.slice(0, count),
      threshold: threshold.slice(0, count),
      right: right.slice(0, count),
      missingLeft: missingLeft.slice(0, count),
      set: set.slice(0, count),
      sets: Uint32Array.from(this.#sets),
      rows: rows.slice(0, count),
    };
  }

  /** Room for one more node, all 0. */
  #begin(): number {
    const index = this.#count++;
    if (index === this.#nodes.column.length) this.#nodes = moreNodes(this.#nodes);
    if (this.#done) this.#roots.push(index);
    this.#done = false;
    return index;
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

/** What `Trees` has for each node. */
type Nodes = Pick<Trees, 'column' | 'threshold' | 'right' | 'missingLeft' | 'set' | 'rows'>;

function emptyNodes(count: number): Nodes {
  return {
    column: new Int32Array(count),
    threshold: new Float64Array(count),
    right: new Int32Array(count),
    missingLeft: new Uint8Array(count),
    set: new Int32Array(count),
    rows: new Float64Array(count),
  };
}

/** The same with room for twice as many. */
function moreNodes(nodes: Nodes): Nodes {
  const more = emptyNodes(nodes.column.length * 2);
  for (const field of Object.keys(more) as (keyof Nodes)[]) more[field].set(nodes[field]);
  return more;
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
