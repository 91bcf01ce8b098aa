/** Grows one tree: the leaf that gains most is split first, until there are enough leaves. */
import type { Random } from '../../random.js';
import { binsOf, cellsOf, type Field } from './field.js';
import { GrownNode } from './grown-node.js';
import { type Scales, Split } from './split.js';
import { leafValue, type SplitRules } from './split-rules.js';
import { SplitSearch } from './split-search.js';
import { Team } from './team.js';

/** How far a tree may grow. */
export interface GrowRules extends SplitRules {
  /** Leaves at most; Infinity for as many as there are. */
  readonly leaves: number;
  /** Splits from the root to a leaf, at most. */
  readonly maxDepth: number;
  /** Try so many columns at each split, drawn at random; undefined for all. */
  readonly columnsPerSplit: number | undefined;
  /** True where gradients are minus a label of 0 or 1 times the hessian: a leaf of one label is then done. */
  readonly labels: boolean;
}

/** Grows trees on a field whose pairs are filled in. Call `close` after the last. */
export class Grower {
  readonly #field: Field;
  readonly #rules: GrowRules;
  readonly #search: SplitSearch;
  readonly #team: Team;
  #scales: Scales = { gradient: 1, hessian: 1 };
  #columns: readonly number[] = [];
  #random: Random | undefined;
  #freeSlots: number[] = [];
  /** The columns in the order in which splits last drew them. */
  #drawn: number[] = [];
  readonly #best: Split = new Split();

  constructor(field: Field, rules: GrowRules, threads = 1) {
    this.#field = field;
    this.#rules = rules;
    this.#search = new SplitSearch(field.layout, rules, field.memory.buffer);
    this.#team = new Team(field, rules, threads);
  }

  /** Writes the pairs of log loss at the field's present scores. */
  fillLogLoss(scales: Scales): void {
    this.#team.fillLogLoss(scales);
  }

  close(): void {
    this.#team.close();
  }

  /**
   * The tree over the first `rowCount` of the field's rows, split on `columns` only. `random` draws the columns of
   * each split where the rules say so. Leaves the rows parted by leaf.
   */
  grow(rowCount: number, columns: readonly number[], scales: Scales, random?: Random): GrownNode {
    this.#scales = scales;
    this.#columns = columns;
    this.#random = random;
    this.#drawn = columns.slice();
    this.#team.use(columns);
    this.#freeSlots = Array.from({ length: this.#field.layout.slots }, (_, slot) => slot).reverse();
    const root = this.#root(rowCount);
    // Without a limit the order of splits does not matter, and the last leaf is as good as any.
    const bestFirst = Number.isFinite(this.#rules.leaves);
    const open = root.split ? [root] : [];
    for (let leaves = 1; leaves < this.#rules.leaves && open.length > 0; leaves++) {
      const node = bestFirst ? takeBest(open) : open.pop()!;
      this.#part(node, leaves + 1 < this.#rules.leaves);
      for (const child of [node.left!, node.right!]) if (child.split) open.push(child);
    }
    return root;
  }

  #root(rowCount: number): GrownNode {
    const slot = this.#freeSlots.pop()!;
    let sums = { gradient: 0, hessian: 0 };
    const column = this.#columns[0];
    if (column !== undefined) {
      this.#clear(slot, column);
      this.#histogramOfOne(slot, column, 0, rowCount);
      sums = this.#search.sums(cellsOf(this.#field.layout, slot, column), column);
    }
    const root = new GrownNode(0, rowCount, 0, sums.gradient, sums.hessian);
    root.value = this.#valueOf(root, this.#rules.l2);
    root.slot = slot;
    if (this.#mayPart(root)) {
      if (this.#rules.columnsPerSplit === undefined) this.#searchLeaves(root, undefined);
      else this.#searchSome(root);
    }
    return root;
  }

  #valueOf(node: GrownNode, l2: number): number {
    const h = node.hessian * this.#scales.hessian + l2;
    return h > 0 ? leafValue(node.gradient * this.#scales.gradient, h, node) : 0;
  }

  #mayPart(node: GrownNode): boolean {
    const { minLeaf, maxDepth, labels } = this.#rules;
    if (node.count < 2 * minLeaf || node.depth >= maxDepth) return false;
    return !labels || (node.gradient !== 0 && node.gradient !== -node.hessian);
  }

  /** Parts the node's rows and makes its children; finds their splits where more may come. */
  #part(node: GrownNode, more: boolean): void {
    const split = node.split!;
    const boundary = node.from + this.#moveRows(node, split);
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
    if (this.#rules.columnsPerSplit !== undefined) {
      for (const child of [left, right]) {
        child.slot = node.slot;
        if (this.#mayPart(child)) this.#searchSome(child);
      }
      return;
    }
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

  /** Fills the histograms of a leaf, makes those of its larger sibling by difference, and searches both. */
  #searchLeaves(own: GrownNode, sibling: GrownNode | undefined): void {
    const { kernel, layout } = this.#field;
    const rows = layout.rows + own.from * 4;
    const end = layout.rows + own.to * 4;
    // All rows in their first order need no gathering.
    const whole = own.depth === 0 && own.count === layout.rowCount;
    if (!whole) kernel.gather(rows, end, layout.pairs, layout.ordered);
    const found = this.#team.run({
      ...{ rows, end, pairs: whole ? layout.pairs : layout.ordered },
      ...{ slot: own.slot, sibling: sibling ? sibling.slot : -1, scales: this.#scales },
      ...{ own: this.#mayPart(own) ? own : undefined, other: sibling },
    });
    own.split = bestOf(found.map((splits) => splits.own));
    if (sibling) sibling.split = bestOf(found.map((splits) => splits.other));
  }

  #histogramOfOne(slot: number, column: number, from: number, to: number): void {
    const { kernel, layout } = this.#field;
    const rows = layout.rows;
    const cells = cellsOf(layout, slot, column);
    kernel.histogramOfOne(rows + from * 4, rows + to * 4, binsOf(layout, column), layout.pairs, cells);
  }

  #clear(slot: number, column: number): void {
    const { kernel, layout } = this.#field;
    kernel.clear(cellsOf(layout, slot, column), (layout.binCounts[column]! + 1) * 16);
  }

  /** Searches columns drawn at random; where none of them can be split on, draws more, as scikit-learn does. */
  #searchSome(node: GrownNode): void {
    const best = this.#best;
    const drawn = this.#drawn;
    best.gain = 0;
    for (let tried = 0; tried < drawn.length; tried++) {
      if (tried >= this.#rules.columnsPerSplit! && best.gain > 0) break;
      const pick = tried + this.#random!.integer(drawn.length - tried);
      const column = drawn[pick]!;
      drawn[pick] = drawn[tried]!;
      drawn[tried] = column;
      this.#clear(node.slot, column);
      this.#histogramOfOne(node.slot, column, node.from, node.to);
      const cells = cellsOf(this.#field.layout, node.slot, column);
      this.#search.search(cells, column, node, this.#scales, best);
    }
    if (best.gain > 0) node.split = best.copy();
  }

  #moveRows(node: GrownNode, split: Split): number {
    const { kernel, layout, sides } = this.#field;
    const missing = layout.binCounts[split.column]!;
    if (split.bin < 0) sides.set(split.sides!);
    else {
      sides.fill(0);
      sides.fill(1, 0, split.bin + 1);
      sides[missing] = split.missingLeft;
    }
    return kernel.partition(
      layout.rows + node.from * 4,
      layout.rows + node.to * 4,
      binsOf(layout, split.column),
      layout.sides,
      layout.scratch,
    );
  }
}

/** A copy of the split that gains most, the first of equals; undefined where none gains anything. */
function bestOf(splits: readonly Split[]): Split | undefined {
  let best = splits[0];
  for (const split of splits) if (split.gain > best!.gain) best = split;
  return best && best.gain > 0 ? best.copy() : undefined;
}

/** Takes the leaf of the highest gain from the list; the earlier of equals. */
function takeBest(open: GrownNode[]): GrownNode {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.split!.gain > open[best]!.split!.gain) best = i;
  return open.splice(best, 1)[0]!;
}
