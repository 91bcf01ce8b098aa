/**
 * Grows the trees of a forest one at a time, in a kernel of their own.
 * Long, because the layout of the kernel's memory stands beside what fills and reads it.
 */
import type { Random } from '../random.js';
import { MemoryPlan } from '../wasm/memory-plan.js';
import { bytesOf, offsetsOf, type View, viewOf } from '../wasm/structure.js';
import { type Arena, binsOf, histogramAt, type Layout } from './arena.js';
import { type ForestKernel, forestKernel } from './kernel/forest.js';
import {
  binBytes,
  forest,
  forestColumn,
  forestNode,
  listedColumn,
  randomState,
} from './kernel/structures.js';
import { type NodeSplit, type Scales, unitFor } from './node-split.js';
import { describeLeaf, forestCategories, type SplitRules } from './split-rules.js';
import { SplitSearch, sidesOf } from './split-search.js';

/** How far the trees of a forest may grow. */
export interface ForestGrowRules {
  /** Rows in a leaf, at least. */
  readonly minLeaf: number;
  /** Splits from the root to a leaf, at most. */
  readonly maxDepth: number;
  /** Columns tried at each split, drawn at random. */
  readonly columnsPerSplit: number;
  /** True where targets are 0 or 1. */
  readonly hasLabels: boolean;
}

/** A node of the tree grown last. */
export interface ForestNode {
  /** Its rows stand at `from` to `to` (exclusive) of the arena's rows. */
  readonly from: number;
  readonly to: number;
  /** Its sums, in the whole units of pairs. */
  readonly gradient: number;
  readonly hessian: number;
  readonly split: ForestSplit | undefined;
}

/** How it is split, and its children, for `node`. */
export interface ForestSplit extends Pick<NodeSplit, 'column' | 'bin' | 'missingLeft' | 'sides'> {
  readonly left: number;
  readonly right: number;
}

/** Where in its room the kernel finds what, in bytes from the beginning. */
interface Places {
  readonly forest: number;
  readonly random: number;
  readonly counts: number;
  readonly columns: number;
  readonly order: number;
  readonly fewList: number;
  readonly manyList: number;
  readonly nodes: number;
  readonly nodeBytes: number;
  readonly closedBytes: number;
  readonly bytes: number;
}

type Size = Pick<Layout, 'rowCount' | 'isCategory'>;
type Bounds = Pick<ForestGrowRules, 'minLeaf' | 'maxDepth'>;

/** The room that an arena needs for a forest, in bytes. */
export function forestRoom(size: Size, bounds: Bounds): number {
  return placesFor(size, bounds).bytes;
}

function placesFor({ rowCount, isCategory }: Size, { minLeaf, maxDepth }: Bounds): Places {
  const plan = new MemoryPlan();
  const count = isCategory.length;
  const closedBytes = Math.ceil(count / 64) * 8;
  const nodeBytes = bytesOf(forestNode) + closedBytes + (isCategory.includes(true) ? 32 : 0);
  const leaves = Math.max(1, Math.min(Math.floor(rowCount / minLeaf), 2 ** maxDepth));
  return {
    forest: plan.take(bytesOf(forest)),
    random: plan.take(bytesOf(randomState)),
    counts: plan.take(rowCount * 2),
    columns: plan.take(count * bytesOf(forestColumn)),
    order: plan.take(count * 4),
    fewList: plan.take(count * bytesOf(listedColumn)),
    manyList: plan.take(count * bytesOf(listedColumn)),
    nodes: plan.take(2 * leaves * nodeBytes),
    ...{ nodeBytes, closedBytes, bytes: plan.end },
  };
}

/** The rows that a tree grows on: how many are listed, and what they add up to in whole units. */
export interface GrowRows {
  readonly rowCount: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly scales: Scales;
}

const offsets: { readonly [Name in keyof typeof forestNode]: number } = offsetsOf(forestNode);

/** Grows trees on an arena with one slot and the room of `forestRoom`, whose targets are labels of 0 and 1, or numbers about 0. */
export class ForestTree {
  readonly #arena: Arena;
  readonly #rules: SplitRules;
  readonly #places: Places;
  readonly #ints: Int32Array;
  readonly #words: Uint32Array;
  readonly #doubles: Float64Array;
  readonly #kernel: ForestKernel;
  readonly #forest: View<typeof forest>;
  readonly #order: Uint32Array;
  readonly #random: Uint32Array;
  readonly #hasLabels: boolean;
  /** The greatest magnitude. */
  readonly #mostTarget: number;
  /** How often each row was drawn. */
  readonly counts: Uint16Array;

  constructor(arena: Arena, { minLeaf, maxDepth, columnsPerSplit, hasLabels }: ForestGrowRules) {
    const { layout, memory } = arena;
    const { rowCount, columnCount } = layout;
    const { buffer } = memory;
    const places = placesFor(layout, { minLeaf, maxDepth });
    const at = (place: number): number => layout.room + place;
    this.#arena = arena;
    this.#hasLabels = hasLabels;
    this.#mostTarget = arena.targets.reduce((most, target) => Math.max(most, Math.abs(target)), 0);
    this.#places = places;
    // The kernel counts in 32 bits, up to twice as many.
    this.#rules = {
      ...{ ...forestCategories, minLeaf: Math.min(minLeaf, 2 ** 30 - 1) },
      ...{ minHessian: 0, l2: 0, monotone: [] },
    };
    this.#ints = new Int32Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    this.counts = new Uint16Array(buffer, at(places.counts), rowCount);
    this.#order = new Uint32Array(buffer, at(places.order), columnCount);
    this.#random = new Uint32Array(buffer, at(places.random), 4);
    this.#forest = viewOf(forest, memory, at(places.forest));
    Object.assign(this.#forest, {
      ...{ nodes: at(places.nodes), nodeBytes: places.nodeBytes, closedBytes: places.closedBytes },
      sets: bytesOf(forestNode) + places.closedBytes,
      ...{ columns: at(places.columns), order: at(places.order), fewList: at(places.fewList) },
      ...{ manyList: at(places.manyList), random: at(places.random), counts: at(places.counts) },
      ...{ leaf: layout.own, rowCount, columnCount, perSplit: Math.min(columnsPerSplit, columnCount) },
      maxDepth: Math.min(maxDepth, 2 ** 30),
      hasLabels: hasLabels ? 1 : 0,
    });
    this.#writeColumns(at(places.columns));
    const search = new SplitSearch(arena, this.#rules);
    const searchCategories = (column: number): void => search.search(0, column, 'own');
    this.#kernel = forestKernel(memory, { searchCategories });
  }

  /** Writes the table of columns. */
  #writeColumns(address: number): void {
    const { layout, memory } = this.#arena;
    layout.binCounts.forEach((bins, column) => {
      const histogram = histogramAt(layout, 0, column);
      const entry = viewOf(forestColumn, memory, address + column * bytesOf(forestColumn));
      entry.bins = binsOf(layout, column);
      entry.histogram = histogram;
      entry.missing = histogram + bins * binBytes;
      entry.isCategory = layout.isCategory[column] ? 1 : 0;
    });
  }

  /** Draws as many rows as there are, with putting back, and counts how often it drew each. */
  drawRows(random: Random): void {
    this.counts.fill(0);
    this.#random.set(random.words());
    this.#kernel.drawRows(this.#forest.address);
  }

  /** Writes the pairs, minus the target times the weight and that weight, as often as rows were drawn, and lists these. */
  fillPairs(): GrowRows {
    const { layout, place } = this.#arena;
    const { rowCount, countBits } = layout;
    const mostWeight = this.#kernel.mostWeight(this.#forest.address, place.address);
    // Units of a power of two: whole weights stay exact, and so do labels times weights.
    const hessianUnit = unitFor(mostWeight, rowCount, 62 - countBits);
    const scales: Scales = {
      gradient: this.#hasLabels ? hessianUnit : unitFor(mostWeight * this.#mostTarget, rowCount, 52),
      hessian: hessianUnit,
    };
    place.perGradient = 1 / scales.gradient;
    place.perHessian = 1 / scales.hessian;
    const listed = this.#kernel.fillPairs(this.#forest.address, place.address);
    const root = this.#forest.nodes;
    const [gradient, hessian] = [this.#sum(root + offsets.gradient), this.#sum(root + offsets.hessian)];
    return { rowCount: listed, gradient, hessian, scales };
  }

  /**
   * Grows a tree over the first rows of the arena; `random` draws the columns of each split. Leaves the rows parted by leaf.
   * Returns the root, for `node`.
   */
  grow({ rowCount, gradient, hessian, scales }: GrowRows, random: Random): number {
    const { layout, own, place } = this.#arena;
    const { nodeBytes } = this.#places;
    const root = this.#forest.nodes;
    describeLeaf(
      own,
      { gradient, hessian, count: rowCount, low: -Infinity, high: Infinity },
      { scales, rules: this.#rules, countBits: layout.countBits },
    );
    own.pairs = layout.pairs;
    this.#random.set(random.words());
    for (let column = 0; column < layout.columnCount; column++) this.#order[column] = column;
    this.#words.fill(0, root / 4, (root + nodeBytes) / 4);
    this.#doubles[(root + offsets.gradient) / 8] = gradient;
    this.#doubles[(root + offsets.hessian) / 8] = hessian;
    this.#words[(root + offsets.from) / 4] = layout.rows;
    this.#words[(root + offsets.to) / 4] = layout.rows + rowCount * 4;
    this.#ints[(root + offsets.column) / 4] = -1;
    this.#kernel.grow(this.#forest.address, place.address);
    return root;
  }

  /** A node of the tree grown last, by its address. */
  node(address: number): ForestNode {
    const { rows } = this.#arena.layout;
    const left = this.#word(address + offsets.left);
    return {
      from: (this.#word(address + offsets.from) - rows) / 4,
      to: (this.#word(address + offsets.to) - rows) / 4,
      gradient: this.#sum(address + offsets.gradient),
      hessian: this.#sum(address + offsets.hessian),
      split: left === 0 ? undefined : this.#split(address, left),
    };
  }

  #sum(address: number): number {
    return this.#doubles[address / 8]!;
  }

  #word(address: number): number {
    return this.#words[address / 4]!;
  }

  #split(address: number, left: number): ForestSplit {
    const place = this.#ints[(address + offsets.place) / 4]!;
    return {
      column: this.#ints[(address + offsets.column) / 4]!,
      bin: place >> 1,
      missingLeft: (place & 1) === 1,
      sides: place < 0 ? sidesOf(this.#ints, (address + this.#forest.sets) / 4) : undefined,
      left,
      right: left + this.#places.nodeBytes,
    };
  }
}
