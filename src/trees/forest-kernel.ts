/** Grows the trees of a forest one at a time in a kernel of their own; what it does stands in `forest-text.ts`. */
import type { Random } from '../random.js';
import { instanceOf } from '../wasm/instance.js';
import { MemoryPlan } from '../wasm/memory-plan.js';
import { cellBytes } from './cell-text.js';
import { binsOf, cellsOf, type Field, type Layout } from './field.js';
import { columnBytes, columnFields, forestText, nodeFields } from './forest-text.js';
import { type Scales, type Split, unitFor } from './split.js';
import { forestCategories } from './split-rules.js';
import { SplitSearch, sidesOf } from './split-search.js';

/** How far the trees of a forest may grow. */
export interface ForestGrowRules {
  /** Rows in a leaf, at least. */
  readonly minLeaf: number;
  /** Splits from the root to a leaf, at most. */
  readonly maxDepth: number;
  /** Columns tried at each split, drawn at random. */
  readonly columnsPerSplit: number;
}

/** A node of the tree grown last. */
export interface ForestNode {
  /** Its rows stand at `from` to `to` (exclusive) of the field's rows. */
  readonly from: number;
  readonly to: number;
  /** Its sums, in the whole units of pairs. */
  readonly gradient: number;
  readonly hessian: number;
  readonly split: ForestSplit | undefined;
}

/** How it is split, and its children, for `node`. */
export interface ForestSplit extends Pick<Split, 'column' | 'bin' | 'missingLeft' | 'sides'> {
  readonly left: number;
  readonly right: number;
}

/** Where in its room the kernel finds what, in bytes from the beginning. */
interface Places {
  readonly random: number;
  readonly counts: number;
  readonly columns: number;
  readonly order: number;
  readonly list: number;
  readonly pass: number;
  readonly nodes: number;
  readonly nodeBytes: number;
  readonly closedBytes: number;
  readonly bytes: number;
}

type Size = Pick<Layout, 'rowCount' | 'isCategory'>;
type Bounds = Pick<ForestGrowRules, 'minLeaf' | 'maxDepth'>;

/** The room that a field needs for a forest, in bytes. */
export function forestRoom(size: Size, bounds: Bounds): number {
  return placesFor(size, bounds).bytes;
}

function placesFor({ rowCount, isCategory }: Size, { minLeaf, maxDepth }: Bounds): Places {
  const plan = new MemoryPlan();
  const count = isCategory.length;
  const closedBytes = Math.ceil(count / 64) * 8;
  const nodeBytes = nodeFields.closed + closedBytes + (isCategory.includes(true) ? 32 : 0);
  const leaves = Math.max(1, Math.min(Math.floor(rowCount / minLeaf), 2 ** maxDepth));
  return {
    random: plan.take(16),
    counts: plan.take(rowCount * 2),
    columns: plan.take(count * columnBytes),
    order: plan.take(count * 4),
    list: plan.take(count * 12),
    pass: plan.take(count * 8),
    nodes: plan.take(2 * leaves * nodeBytes),
    ...{ nodeBytes, closedBytes, bytes: plan.end },
  };
}

/** What `forestText` exports; what it takes is told there. */
interface Exports {
  grow(...places: readonly number[]): void;
  drawRows(random: number, rowCount: number, counts: number): void;
  mostWeight(counts: number, weights: number, end: number): number;
  fillPairs(
    counts: number,
    weights: number,
    end: number,
    labels: number,
    perUnit: number,
    pairs: number,
    rows: number,
    root: number,
  ): number;
}

/** The rows that a tree grows on: how many are listed, and what they add up to in whole units of this worth. */
export interface GrowRows {
  readonly rowCount: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly unit: number;
}

/** Grows trees on a field with one slot and the room of `forestRoom`, whose targets are labels of 0 and 1. */
export class ForestKernel {
  readonly #field: Field;
  readonly #rules: ForestGrowRules;
  readonly #places: Places;
  readonly #ints: Int32Array;
  readonly #words: Uint32Array;
  readonly #doubles: Float64Array;
  readonly #kernel: Exports;
  #scales: Scales = { gradient: 1, hessian: 1 };
  /** How often each row was drawn. */
  readonly counts: Uint16Array;

  constructor(field: Field, rules: ForestGrowRules) {
    const { layout, memory } = field;
    this.#field = field;
    this.#rules = rules;
    this.#places = placesFor(layout, rules);
    this.#ints = new Int32Array(memory.buffer);
    this.#words = new Uint32Array(memory.buffer);
    this.#doubles = new Float64Array(memory.buffer);
    const categories = new SplitSearch(field, {
      ...forestCategories,
      ...{ minLeaf: rules.minLeaf, minHessian: 0, l2: 0, monotone: [] },
    });
    const searchCategories = (column: number, gradient: number, hessian: number, count: number): void =>
      categories.search(
        0,
        column,
        { gradient, hessian, count, low: -Infinity, high: Infinity },
        this.#scales,
      );
    this.#kernel = instanceOf<Exports>(forestText, memory, { searchCategories });
    const counts = layout.room + this.#places.counts;
    this.counts = new Uint16Array(memory.buffer, counts, layout.rowCount);
    const table = (layout.room + this.#places.columns) / 4;
    layout.binCounts.forEach((bins, column) => {
      const place = table + (column * columnBytes) / 4;
      const cells = cellsOf(layout, 0, column);
      this.#words[place + columnFields.bins / 4] = binsOf(layout, column);
      this.#words[place + columnFields.cells / 4] = cells;
      this.#words[place + columnFields.missing / 4] = cells + bins * cellBytes;
      this.#words[place + columnFields.isCategory / 4] = layout.isCategory[column] ? 1 : 0;
    });
  }

  /** Draws as many rows as there are, with putting back, and counts how often it drew each. */
  drawRows(random: Random): void {
    const { layout } = this.#field;
    this.counts.fill(0);
    this.#setRandom(random);
    this.#kernel.drawRows(layout.room + this.#places.random, layout.rowCount, this.counts.byteOffset);
  }

  /** Writes the pairs, minus the label times the weight and that weight, as often as rows were drawn, and lists these. */
  fillPairs(): GrowRows {
    const { rowCount, countBits, weights, targets, pairs, rows } = this.#field.layout;
    const counts = this.counts.byteOffset;
    const end = weights + rowCount * 8;
    // Units of a power of two: whole weights stay exact.
    const unit = unitFor(this.#kernel.mostWeight(counts, weights, end), rowCount, 62 - countBits);
    const root = this.#root;
    const listed = this.#kernel.fillPairs(counts, weights, end, targets, 1 / unit, pairs, rows, root);
    const [gradient, hessian] = [this.#sum(root, 'gradient'), this.#sum(root, 'hessian')];
    return { rowCount: listed, gradient, hessian, unit };
  }

  /**
   * Grows a tree over the first rows of the field; `random` draws the columns of each split. Leaves the rows parted by leaf.
   * Returns the root, for `node`.
   */
  grow({ rowCount, gradient, hessian, unit }: GrowRows, random: Random): number {
    const { layout } = this.#field;
    const { minLeaf, maxDepth, columnsPerSplit } = this.#rules;
    const { nodeBytes, closedBytes, ...places } = this.#places;
    const at = (place: number): number => layout.room + place;
    const root = this.#root;
    this.#scales = { gradient: unit, hessian: unit };
    this.#setRandom(random);
    for (let column = 0; column < layout.columnCount; column++)
      this.#words[at(places.order) / 4 + column] = column;
    this.#words.fill(0, root / 4, (root + nodeBytes) / 4);
    this.#doubles[(root + nodeFields.gradient) / 8] = gradient;
    this.#doubles[(root + nodeFields.hessian) / 8] = hessian;
    this.#words[(root + nodeFields.from) / 4] = layout.rows;
    this.#words[(root + nodeFields.to) / 4] = layout.rows + rowCount * 4;
    this.#ints[(root + nodeFields.column) / 4] = -1;
    this.#kernel.grow(
      ...[root, nodeBytes, closedBytes, nodeFields.closed + closedBytes],
      ...[at(places.columns), at(places.order), layout.columnCount],
      ...[Math.min(columnsPerSplit, layout.columnCount), at(places.random)],
      ...[at(places.list), at(places.pass), layout.pairs, layout.sides, layout.scratch],
      ...[unit, unit, layout.countBits],
      // It counts in 32 bits.
      ...[Math.min(minLeaf, 2 ** 30 - 1), Math.min(maxDepth, 2 ** 30)],
    );
    return root;
  }

  /** A node of the tree grown last, by its address. */
  node(address: number): ForestNode {
    const { rows } = this.#field.layout;
    const left = this.#word(address, 'left');
    return {
      from: (this.#word(address, 'from') - rows) / 4,
      to: (this.#word(address, 'to') - rows) / 4,
      gradient: this.#sum(address, 'gradient'),
      hessian: this.#sum(address, 'hessian'),
      split: left === 0 ? undefined : this.#split(address, left),
    };
  }

  get #root(): number {
    return this.#field.layout.room + this.#places.nodes;
  }

  #sum(address: number, field: 'gradient' | 'hessian'): number {
    return this.#doubles[(address + nodeFields[field]) / 8]!;
  }

  #word(address: number, field: keyof typeof nodeFields): number {
    return this.#words[(address + nodeFields[field]) / 4]!;
  }

  #split(address: number, left: number): ForestSplit {
    const { nodeBytes, closedBytes } = this.#places;
    const place = this.#ints[(address + nodeFields.place) / 4]!;
    const sets = (address + nodeFields.closed + closedBytes) / 4;
    return {
      column: this.#ints[(address + nodeFields.column) / 4]!,
      bin: place >> 1,
      missingLeft: (place & 1) === 1,
      sides: place < 0 ? sidesOf(this.#ints, sets) : undefined,
      left,
      right: left + nodeBytes,
    };
  }

  #setRandom(random: Random): void {
    this.#words.set(random.words(), (this.#field.layout.room + this.#places.random) / 4);
  }
}
