/** Grows one tree: the leaf that gains most is split first, until there are enough leaves. */
import type { Random } from '../../random.js';
import { binsOf, cellsOf, type Field } from './field.js';
import { type Scales, Split } from './split.js';
import { leafValue, type SplitRules } from './split-rules.js';
import { SplitSearch } from './split-search.js';

/** How far a tree may grow. */
export interface GrowRules extends SplitRules {
  /** Leaves at most; Infinity for as many as there are. */
  readonly leaves: number;
  /** Splits from the root to a leaf, at most. */
  readonly maxDepth: number;
  /** Try so many columns at each split, drawn at random; undefined for all. */
  readonly columnsPerSplit: number | undefined;
}

/** A node while the tree grows; with `split`, `left` and `right` once it is parted. */
export interface GrownNode {
  /** Its rows stand at `from` to `to` (exclusive) of the field's rows. */
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
  /** The bounds of its value. */
  readonly low: number;
  readonly high: number;
  /** -G/(H + l2) within its bounds: the step that lowers the loss most. */
  readonly value: number;
  /** The best split found; gain 0 where there is none. */
  split: Split | undefined;
  slot: number;
  left: GrownNode | undefined;
  right: GrownNode | undefined;
}

/** Grows trees on a field whose pairs are filled in. */
export class Grower {
  readonly #field: Field;
  readonly #rules: GrowRules;
  readonly #search: SplitSearch;
  #scales: Scales = { gradient: 1, hessian: 1 };
  #columns: readonly number[] = [];
  #random: Random | undefined;
  #freeSlots: number[] = [];

  constructor(field: Field, rules: GrowRules) {
    this.#field = field;
    this.#rules = rules;
    this.#search = new SplitSearch(field.layout, rules, field.memory.buffer);
  }

  /**
   * The tree over the first `rowCount` of the field's rows, split on `columns` only. `random` draws the columns of
   * each split where the rules say so. Leaves the rows parted by leaf.
   */
  grow(rowCount: number, columns: readonly number[], scales: Scales, random?: Random): GrownNode {
    this.#scales = scales;
    this.#columns = columns;
    this.#random = random;
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
    const sums = { gradient: 0, hessian: 0, count: rowCount };
    const slot = this.#freeSlots.pop()!;
    if (this.#columns.length > 0) {
      const column = this.#columns[0]!;
      this.#clear(slot, [column]);
      this.#histogramOfOne(slot, column, 0, rowCount);
      Object.assign(sums, this.#search.sums(cellsOf(this.#field.layout, slot, column), column));
    }
    const root = this.#node(0, rowCount, 0, sums, -Infinity, Infinity, this.#rules.l2);
    root.slot = slot;
    if (this.#mayPart(root)) {
      if (this.#rules.columnsPerSplit === undefined) this.#fill(root);
      this.#findSplit(root);
    }
    return root;
  }

  #node(
    from: number,
    to: number,
    depth: number,
    sums: { gradient: number; hessian: number; count: number },
    low: number,
    high: number,
    l2: number,
  ): GrownNode {
    const h = sums.hessian * this.#scales.hessian + l2;
    const value = h > 0 ? leafValue(sums.gradient * this.#scales.gradient, h, { low, high }) : 0;
    const { gradient, hessian, count } = sums;
    return {
      ...{ from, to, depth, gradient, hessian, count, low, high, value },
      ...{ split: undefined, slot: -1, left: undefined, right: undefined },
    };
  }

  #mayPart(node: GrownNode): boolean {
    return node.count >= 2 * this.#rules.minLeaf && node.count > 1 && node.depth < this.#rules.maxDepth;
  }

  /** Parts the node's rows and makes its children; finds their splits where more may come. */
  #part(node: GrownNode, more: boolean): void {
    const split = node.split!;
    const boundary = node.from + this.#moveRows(node, split);
    const { low, high } = node;
    const left = { gradient: split.gradient, hessian: split.hessian, count: split.count };
    const right = {
      gradient: node.gradient - left.gradient,
      hessian: node.hessian - left.hessian,
      count: node.count - left.count,
    };
    const direction = this.#rules.monotone[split.column] ?? 0;
    const depth = node.depth + 1;
    // Everything left of a rising split stays below the middle of the two values, everything right above.
    const { gradient, hessian } = this.#scales;
    const middle =
      direction === 0
        ? 0
        : (leafValue(left.gradient * gradient, left.hessian * hessian + split.l2, node) +
            leafValue(right.gradient * gradient, right.hessian * hessian + split.l2, node)) /
          2;
    const leftHigh = direction > 0 ? Math.min(high, middle) : high;
    const leftLow = direction < 0 ? Math.max(low, middle) : low;
    const rightHigh = direction < 0 ? Math.min(high, middle) : high;
    const rightLow = direction > 0 ? Math.max(low, middle) : low;
    node.left = this.#node(node.from, boundary, depth, left, leftLow, leftHigh, split.l2);
    node.right = this.#node(boundary, node.to, depth, right, rightLow, rightHigh, split.l2);
    if (more) this.#findSplitsOfChildren(node, node.left, node.right);
    else this.#freeSlots.push(node.slot);
  }

  #findSplitsOfChildren(node: GrownNode, left: GrownNode, right: GrownNode): void {
    if (this.#rules.columnsPerSplit !== undefined) {
      for (const child of [left, right]) {
        child.slot = node.slot;
        if (this.#mayPart(child)) this.#findSplit(child);
      }
      return;
    }
    const [small, large] = left.count <= right.count ? [left, right] : [right, left];
    if (!this.#mayPart(large)) {
      this.#freeSlots.push(node.slot);
      return;
    }
    small.slot = this.#freeSlots.pop()!;
    this.#fill(small);
    large.slot = node.slot;
    this.#subtract(large.slot, small.slot);
    this.#findSplit(large);
    if (this.#mayPart(small)) this.#findSplit(small);
    for (const child of [small, large]) if (!child.split) this.#freeSlots.push(child.slot);
  }

  /** Builds the histograms of a node's rows, group by group. */
  #fill(node: GrownNode): void {
    const { kernel, layout } = this.#field;
    this.#clear(node.slot, this.#columns);
    const rows = layout.rows + node.from * 4;
    const end = layout.rows + node.to * 4;
    // All rows in their first order are gathered as they stand.
    const whole = node.to - node.from === layout.rowCount && node.depth === 0;
    if (!whole) kernel.gather(rows, end, layout.pairs, layout.ordered);
    let last = -1;
    for (const column of this.#columns) {
      const group = column >>> 2;
      if (group === last) continue;
      last = group;
      kernel.histogramOfFour(
        rows,
        end,
        binsOf(layout, group * 4),
        whole ? layout.pairs : layout.ordered,
        cellsOf(layout, node.slot, group * 4),
      );
    }
  }

  #histogramOfOne(slot: number, column: number, from: number, to: number): void {
    const { kernel, layout } = this.#field;
    const rows = layout.rows;
    const cells = cellsOf(layout, slot, column);
    kernel.histogramOfOne(rows + from * 4, rows + to * 4, binsOf(layout, column), layout.pairs, cells);
  }

  #clear(slot: number, columns: readonly number[]): void {
    const { kernel, layout } = this.#field;
    for (const column of columns)
      kernel.clear(cellsOf(layout, slot, column), (layout.binCounts[column]! + 1) * 16);
  }

  #subtract(from: number, what: number): void {
    const { kernel, layout } = this.#field;
    for (const column of this.#columns) {
      const cells = cellsOf(layout, from, column);
      kernel.subtract(cells, cells + (layout.binCounts[column]! + 1) * 16, cellsOf(layout, what, column));
    }
  }

  #findSplit(node: GrownNode): void {
    const best = new Split();
    const { layout } = this.#field;
    const { columnsPerSplit } = this.#rules;
    if (columnsPerSplit === undefined) {
      for (const column of this.#columns)
        this.#search.search(cellsOf(layout, node.slot, column), column, node, this.#scales, best);
    } else {
      // As scikit-learn does it: where no drawn column can be split on, more are drawn.
      const drawn = this.#columns.slice();
      for (let tried = 0; tried < drawn.length; tried++) {
        if (tried >= columnsPerSplit && best.gain > 0) break;
        const pick = tried + this.#random!.integer(drawn.length - tried);
        const column = drawn[pick]!;
        drawn[pick] = drawn[tried]!;
        drawn[tried] = column;
        this.#clear(node.slot, [column]);
        this.#histogramOfOne(node.slot, column, node.from, node.to);
        this.#search.search(cellsOf(layout, node.slot, column), column, node, this.#scales, best);
      }
    }
    if (best.gain > 0) node.split = best;
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

/** Takes the leaf of the highest gain from the list; the earlier of equals. */
function takeBest(open: GrownNode[]): GrownNode {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.split!.gain > open[best]!.split!.gain) best = i;
  return open.splice(best, 1)[0]!;
}
