/** The work that threads share: gradients piece by piece of the rows; histograms and splits group by group of columns. */
import { binsOf, cellsOf, type Field } from './field.js';
import { type NodeSums, type Scales, Split } from './split.js';
import type { SplitRules } from './split-rules.js';
import { SplitSearch } from './split-search.js';

/** What is to be done; every group of columns does the same. Plain numbers, so that it can be shared. */
export interface LeafWork {
  /** Addresses of the rows of the leaf whose histogram is filled, and of their pairs in the same order. */
  readonly rows: number;
  readonly end: number;
  readonly pairs: number;
  /** The slot that is filled. */
  readonly slot: number;
  /** The slot that the filled one is then taken from: the parent's, which becomes the sibling's. -1 for none. */
  readonly sibling: number;
  /** The leaves to search in the two slots; undefined for none. */
  readonly own: NodeSums | undefined;
  readonly other: NodeSums | undefined;
  readonly scales: Scales;
}

/** The best splits of the two leaves on the columns of a group. */
export interface GroupSplits {
  readonly own: Split;
  readonly other: Split;
}

/** Does the work of one group at a time; each thread has its own. */
export class LeafWorker {
  readonly #field: Field;
  readonly #search: SplitSearch;

  constructor(field: Field, rules: SplitRules) {
    this.#field = field;
    this.#search = new SplitSearch(field.layout, rules, field.memory.buffer);
  }

  /** Writes the pairs of log loss at the present scores, for one of `layout.groupCount` pieces of the rows. */
  fillLogLoss(piece: number, scales: Scales): void {
    const { kernel, layout } = this.#field;
    // An even number of rows, because the kernel takes two at a time.
    const size = Math.ceil(layout.rowCount / layout.groupCount / 2) * 2;
    const from = Math.min(piece * size, layout.rowCount) * 8;
    const to = Math.min((piece + 1) * size, layout.rowCount) * 8;
    if (from === to) return;
    kernel.logLoss(
      layout.scores + from,
      layout.scores + to,
      layout.targets + from,
      layout.weights + from,
      layout.gradients + from,
      layout.hessians + from,
    );
    kernel.pack(
      layout.gradients + from,
      layout.gradients + to,
      layout.hessians + from,
      layout.pairs + 2 * from,
      1 / scales.gradient,
      1 / scales.hessian,
      layout.countBits,
    );
  }

  /** `isUsed` has a 1 for each column that the tree may split on. */
  run(group: number, work: LeafWork, isUsed: Uint8Array, out: GroupSplits): void {
    const { kernel, layout } = this.#field;
    const first = group * 4;
    const last = Math.min(first + 4, layout.columnCount);
    out.own.gain = 0;
    out.other.gain = 0;
    let used = 0;
    for (let column = first; column < last; column++) {
      if (isUsed[column] === 0) continue;
      used++;
      kernel.clear(cellsOf(layout, work.slot, column), this.#bytes(column));
    }
    if (used === 0) return;
    const cells = cellsOf(layout, work.slot, first);
    kernel.histogramOfFour(work.rows, work.end, binsOf(layout, first), work.pairs, cells);
    for (let column = first; column < last; column++) {
      if (isUsed[column] === 0) continue;
      const own = cellsOf(layout, work.slot, column);
      if (work.own) this.#search.search(own, column, work.own, work.scales, out.own);
      if (work.sibling < 0) continue;
      const other = cellsOf(layout, work.sibling, column);
      kernel.subtract(other, other + this.#bytes(column), own);
      if (work.other) this.#search.search(other, column, work.other, work.scales, out.other);
    }
  }

  #bytes(column: number): number {
    return (this.#field.layout.binCounts[column]! + 1) * 16;
  }
}

/** A place for the best splits of a group. */
export function groupSplits(): GroupSplits {
  return { own: new Split(), other: new Split() };
}
