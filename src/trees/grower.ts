/** Grows one tree: the leaf that gains most is split first, until there are enough leaves. */
import { type Arena, histogramAt } from './arena.js';
import { GrownNode } from './grown-node.js';
import type { Loss } from './loss.js';
import { type NodeSplit, type Scales, unitFor } from './node-split.js';
import { Pool } from './pool.js';
import { leafValue, type SplitRules } from './split-rules.js';
import { SplitSearch } from './split-search.js';

/** How far a tree may grow. */
export interface GrowRules extends SplitRules {
  /** Leaves at most. */
  readonly leaves: number;
  /** Splits from the root to a leaf, at most. */
  readonly maxDepth: number;
}

/** Grows trees on an arena whose pairs are filled in. Call `close` after the last. */
export class Grower {
  readonly #arena: Arena;
  readonly #rules: GrowRules;
  readonly #search: SplitSearch;
  readonly #pool: Pool;
  #scales: Scales = { gradient: 1, hessian: 1 };
  #columns: readonly number[] = [];
  #freeSlots: number[] = [];
  #mostWeight: number | undefined;

  constructor(arena: Arena, rules: GrowRules, threads = 1) {
    this.#arena = arena;
    this.#rules = rules;
    this.#search = new SplitSearch(arena, rules);
    this.#pool = new Pool(arena, rules, threads);
  }

  /** Writes the pairs of a loss at the arena's present scores; says what a unit is worth. */
  fillPairs({ kernel }: Loss): Scales {
    const { layout, place, weights } = this.#arena;
    if (kernel) Object.assign(place, kernel);
    this.#mostWeight ??= weights.reduce((most, weight) => Math.max(most, weight), 0);
    const greatest = kernel
      ? this.#pool.gradients()
      : { gradient: this.#mostWeight, hessian: this.#mostWeight / 4 };
    const scales = {
      gradient: unitFor(greatest.gradient, layout.rowCount, 52),
      hessian: unitFor(greatest.hessian, layout.rowCount, 62 - layout.countBits),
    };
    if (kernel) this.#pool.pack(scales);
    else this.#pool.logLoss(scales);
    return scales;
  }

  /** Gives each of the leaves grown last the value that a share of the residuals of its rows lies below, in its bounds. */
  renew(leaves: readonly GrownNode[], options: { share: number; isWeighted: boolean }): void {
    this.#pool.renew(leaves, options);
    for (const leaf of leaves) leaf.value = Math.min(leaf.high, Math.max(leaf.low, leaf.value));
  }

  /** Adds the values of the leaves grown last to the scores of their rows. */
  addSteps(leaves: readonly GrownNode[], rowCount: number): void {
    this.#pool.addSteps(leaves, rowCount);
  }

  close(): void {
    this.#pool.close();
  }

  /** The tree over the first `rowCount` of the arena's rows, split on `columns` only. Leaves the rows parted by leaf. */
  grow(rowCount: number, columns: readonly number[], scales: Scales): GrownNode {
    this.#scales = scales;
    this.#columns = columns;
    this.#pool.use(columns);
    this.#freeSlots = Array.from({ length: this.#arena.layout.slots }, (_, slot) => slot).reverse();
    const root = this.#root(rowCount);
    const open = root.split ? [root] : [];
    for (let leaves = 1; leaves < this.#rules.leaves && open.length > 0; leaves++) {
      const node = takeBest(open);
      this.#part(node, leaves + 1 < this.#rules.leaves);
      for (const child of [node.left!, node.right!]) if (child.split) open.push(child);
    }
    return root;
  }

  #root(rowCount: number): GrownNode {
    const slot = this.#freeSlots.pop()!;
    const { gradient, hessian } = this.#sums(slot, rowCount);
    const root = new GrownNode(0, rowCount, 0, gradient, hessian);
    root.value = this.#valueOf(root, this.#rules.l2);
    root.slot = slot;
    if (this.#mayPart(root)) this.#searchLeaves(root, undefined);
    return root;
  }

  #valueOf(node: GrownNode, l2: number): number {
    const h = node.hessian * this.#scales.hessian + l2;
    return h > 0 ? leafValue(node.gradient * this.#scales.gradient, h, node) : 0;
  }

  #mayPart(node: GrownNode): boolean {
    const { minLeaf, maxDepth } = this.#rules;
    return node.count >= 2 * minLeaf && node.depth < maxDepth;
  }

  /** Parts the node's rows and makes its children; finds their splits where more may come. */
  #part(node: GrownNode, more: boolean): void {
    const split = node.split!;
    const boundary = this.#moveRows(node, split);
    const left = new GrownNode(node.from, boundary, node.depth + 1, split.gradient, split.hessian);
    const right = new GrownNode(
      boundary,
      node.to,
      node.depth + 1,
      node.gradient - split.gradient,
      node.hessian - split.hessian,
    );
    if (this.#rules.monotone.length > 0) this.#bound(node, left, right);
    left.value = this.#valueOf(left, split.l2);
    right.value = this.#valueOf(right, split.l2);
    node.left = left;
    node.right = right;
    if (more) this.#findSplitsOfChildren(node, left, right);
    else this.#freeSlots.push(node.slot);
  }

  /** Everything left of a rising split stays below the middle of the two values, everything right above it. */
  #bound(node: GrownNode, left: GrownNode, right: GrownNode): void {
    for (const child of [left, right]) {
      child.low = node.low;
      child.high = node.high;
    }
    const { column, l2 } = node.split!;
    const direction = this.#rules.monotone[column] ?? 0;
    if (direction === 0) return;
    const middle = (this.#valueOf(left, l2) + this.#valueOf(right, l2)) / 2;
    const [lower, upper] = direction > 0 ? [left, right] : [right, left];
    lower.high = middle;
    upper.low = middle;
  }

  #findSplitsOfChildren(node: GrownNode, left: GrownNode, right: GrownNode): void {
    const [small, large] = left.count <= right.count ? [left, right] : [right, left];
    if (!this.#mayPart(large)) {
      this.#freeSlots.push(node.slot);
      return;
    }
    small.slot = this.#freeSlots.pop()!;
    large.slot = node.slot;
    this.#searchLeaves(small, large);
    for (const child of [small, large]) if (!child.split) this.#freeSlots.push(child.slot);
  }

  /** Fills the histogram of a leaf, makes that of its larger sibling by difference, and searches both. */
  #searchLeaves(own: GrownNode, sibling: GrownNode | undefined): void {
    const searchesOwn = this.#mayPart(own);
    this.#pool.search(own, sibling, {
      scales: this.#scales,
      searchesOwn,
    });
    if (searchesOwn) own.split = this.#best(own.slot, this.#columns);
    if (sibling) sibling.split = this.#best(sibling.slot, this.#columns);
  }

  /** The split that gains most, on the first of equal columns; undefined where none gains anything. */
  #best(slot: number, columns: readonly number[]): NodeSplit | undefined {
    let best = -1;
    let most = 0;
    for (const column of columns) {
      const gain = this.#search.gain(slot, column);
      if (gain <= most) continue;
      most = gain;
      best = column;
    }
    return best < 0 ? undefined : this.#search.split(slot, best);
  }

  /** The sums over the first rows of the arena, by way of the first bin of a slot. */
  #sums(slot: number, rowCount: number): { gradient: number; hessian: number } {
    const { kernel, layout, own } = this.#arena;
    own.rows = layout.rows;
    own.rowsEnd = layout.rows + rowCount * 4;
    own.pairs = layout.pairs;
    own.countBits = layout.countBits;
    const bin = histogramAt(layout, slot, 0);
    kernel.sum(own.address, bin);
    return this.#search.sums(bin);
  }

  /** Parts the rows of a leaf; says where those of the right side begin. */
  #moveRows(node: GrownNode, split: NodeSplit): number {
    const { layout, sides } = this.#arena;
    if (split.sides) sides.set(split.sides);
    else {
      sides.fill(0);
      sides.fill(1, 0, split.bin + 1);
      sides[layout.binCounts[split.column]!] = split.missingLeft ? 1 : 0;
    }
    return this.#pool.partition(node, split.column);
  }
}

/** Takes the leaf of the highest gain from the list; the earlier of equals. */
function takeBest(open: GrownNode[]): GrownNode {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.split!.gain > open[best]!.split!.gain) best = i;
  return open.splice(best, 1)[0]!;
}
