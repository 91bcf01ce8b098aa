/** The work that threads share, piece by piece; what comes out depends neither on the thread nor on the order. */
import { type Arena, binsOf, histogramAt } from './arena.js';
import { binBytes, foundOffset } from './kernel/structures.js';
import { quantileOf } from './quantile-of.js';
import type { SplitRules } from './split-rules.js';
import { SplitSearch } from './split-search.js';
import { kinds, type Work, workIn } from './work.js';

/** Does one piece at a time; each thread has its own. */
export class PoolWorker {
  readonly #arena: Arena;
  readonly #work: Work;
  readonly #search: SplitSearch;

  constructor(arena: Arena, rules: SplitRules) {
    this.#arena = arena;
    this.#work = workIn(arena);
    this.#search = new SplitSearch(arena, rules);
  }

  run(piece: number): void {
    const { kind } = this.#work.next;
    if (kind === kinds.search) this.#searchRun(piece);
    else if (kind === kinds.partition) this.#partition(piece);
    else if (kind === kinds.gather) this.#gather(piece);
    else if (kind === kinds.steps) this.#addSteps(piece);
    else if (kind === kinds.renew) this.#renew(piece);
    else this.#fill(kind, piece);
  }

  /** What is filled for each row of the table. */
  #fill(kind: number, piece: number): void {
    const { kernel, layout } = this.#arena;
    const { rowsPerPiece } = this.#work.next;
    const from = piece * rowsPerPiece;
    const to = Math.min(layout.rowCount, from + rowsPerPiece);
    if (kind === kinds.logLoss) kernel.logLoss(layout.rowsPlace, from, to);
    else if (kind === kinds.pack) kernel.pack(layout.rowsPlace, from, to);
    else kernel.gradients(layout.rowsPlace, from, to, this.#work.greatest[piece]!.address);
  }

  #addSteps(piece: number): void {
    const { kernel, layout } = this.#arena;
    const { rowsPerPiece, stepCount } = this.#work.next;
    const first = piece * rowsPerPiece;
    for (let i = 0; i < stepCount; i++) {
      const step = this.#work.steps[i]!;
      const from = Math.max(first, step.from);
      const to = Math.min(first + rowsPerPiece, step.to);
      if (from < to) kernel.addStep(layout.rowsPlace, from, to, step.value);
    }
  }

  /** A piece is a leaf. Its residuals stand where the pairs of its rows were gathered. */
  #renew(piece: number): void {
    const { layout, memory, rows, scores, targets, weights } = this.#arena;
    const { renewal, isWeighted } = this.#work.next;
    const step = this.#work.steps[piece]!;
    const { from, to } = step;
    const residuals = new Float64Array(memory.buffer, layout.ordered + from * 8, to - from);
    for (let i = 0; i < residuals.length; i++) {
      const row = rows[from + i]!;
      residuals[i] = targets[row]! - scores[row]!;
    }
    const own =
      isWeighted === 1 ? Float64Array.from(rows.subarray(from, to), (row) => weights[row]!) : undefined;
    step.value = quantileOf(residuals, renewal, own);
  }

  /** The places of a piece among the rows. */
  #rowsOf(piece: number): { first: number; last: number } {
    const { rowsPerPiece, from, to } = this.#work.next;
    const first = from + piece * rowsPerPiece;
    return { first, last: Math.min(to, first + rowsPerPiece) };
  }

  #gather(piece: number): void {
    const { kernel, layout } = this.#arena;
    const { first, last } = this.#rowsOf(piece);
    kernel.gather(layout.rowsPlace, first, last, first - this.#work.next.from);
  }

  #partition(piece: number): void {
    const { kernel, layout } = this.#arena;
    const { first, last } = this.#rowsOf(piece);
    const bins = binsOf(layout, this.#work.next.column);
    this.#work.leftCounts[piece] = kernel.partition(layout.rowsPlace, first, last, bins);
  }

  #searchRun(piece: number): void {
    const { layout } = this.#arena;
    const { first, last } = layout.runs[piece]!;
    const columns: number[] = [];
    for (let column = first; column < last; column++)
      if (this.#work.isUsed[column] === 1) columns.push(column);
    if (columns.length === 0) return;
    const { slot, siblingSlot, searchesOwn } = this.#work.next;
    this.#fillHistograms(piece, slot, columns);
    for (const column of columns) {
      if (searchesOwn === 1) this.#search.search(slot, column, 'own');
      if (siblingSlot < 0) continue;
      const large = histogramAt(layout, siblingSlot, column);
      this.#arena.kernel.subtract(large, large + this.#bytes(column), histogramAt(layout, slot, column));
      this.#search.search(siblingSlot, column, 'sibling');
    }
  }

  /** Fills the histograms of those columns of a run that splits may use. */
  #fillHistograms(piece: number, slot: number, columns: readonly number[]): void {
    const { kernel, layout } = this.#arena;
    const { first, starts, common } = layout.runs[piece]!;
    for (const column of columns) kernel.clear(histogramAt(layout, slot, column), this.#bytes(column));
    const histograms = histogramAt(layout, slot, first);
    if (starts === 0) {
      kernel.histogramOfFour(layout.own, binsOf(layout, first), histograms);
      return;
    }
    kernel.histogramOfRun(layout.own, starts, histograms);
    const total = histograms + foundOffset;
    for (const column of columns) {
      const histogram = histogramAt(layout, slot, column);
      const lacking = histogram + common[column - first]! * binBytes;
      kernel.complete(histogram, histogram + this.#bytes(column), lacking, total);
    }
  }

  #bytes(column: number): number {
    return (this.#arena.layout.binCounts[column]! + 1) * binBytes;
  }
}
