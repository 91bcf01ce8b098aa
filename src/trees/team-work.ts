/** The work that threads share, piece by piece; what comes out depends neither on the thread nor on the order. */
import type { Board } from './board.js';
import { cellBytes, foundOffset } from './cell-text.js';
import { binsOf, cellsOf, type Field } from './field.js';
import type { NodeSums, Scales } from './split.js';
import type { SplitRules } from './split-rules.js';
import { SplitSearch } from './split-search.js';

/** Work as the numbers on the board, the kind first. */
export const kinds = { logLoss: 0, steps: 1, gather: 2, partition: 3, search: 4 } as const;

/** At most so many leaves have room on the board; more steps are put up in turns. */
export const mostSteps = 40;

/** Does one piece at a time; each thread has its own. */
export class TeamWorker {
  readonly #field: Field;
  readonly #board: Board;
  readonly #search: SplitSearch;

  constructor(field: Field, rules: SplitRules, board: Board) {
    this.#field = field;
    this.#board = board;
    this.#search = new SplitSearch(field, rules);
  }

  run(piece: number): void {
    const { work } = this.#board;
    const kind = work[0]!;
    if (kind === kinds.search) this.#searchRun(piece);
    else if (kind === kinds.partition) this.#partition(piece);
    else if (kind === kinds.gather) this.#gather(piece);
    else if (kind === kinds.steps) this.#addSteps(piece);
    else this.#logLoss(piece);
  }

  /** [kind, rows a piece, gradient unit, hessian unit] */
  #logLoss(piece: number): void {
    const { kernel, layout } = this.#field;
    const [, size, gradientUnit, hessianUnit] = this.#board.work;
    const from = piece * size! * 8;
    const end = layout.scores + Math.min(layout.rowCount * 8, from + size! * 8);
    const { scores, targets, weights, pairs } = layout;
    const per = { gradient: 1 / gradientUnit!, hessian: 1 / hessianUnit! };
    kernel.logLoss(
      scores + from,
      end,
      targets + from,
      weights + from,
      pairs + from,
      per.gradient,
      per.hessian,
    );
  }

  /** [kind, rows a piece, leaves, then (from, to, step) of each leaf] */
  #addSteps(piece: number): void {
    const { kernel, layout } = this.#field;
    const { work } = this.#board;
    const [, size, leaves] = work;
    const first = piece * size!;
    for (let i = 0, place = 3; i < leaves!; i++, place += 3) {
      const from = Math.max(first, work[place]!);
      const to = Math.min(first + size!, work[place + 1]!);
      if (from < to)
        kernel.addStep(layout.rows + from * 4, layout.rows + to * 4, layout.scores, work[place + 2]!);
    }
  }

  /** [kind, rows a piece, from, to] */
  #gather(piece: number): void {
    const { kernel, layout } = this.#field;
    const [, size, from, to] = this.#board.work;
    const first = from! + piece * size!;
    const last = Math.min(to!, first + size!);
    const { rows, pairs, ordered } = layout;
    kernel.gather(rows + first * 4, rows + last * 4, pairs, ordered + (first - from!) * 8);
  }

  /** [kind, rows a piece, from, to, column, then by piece: how many rows went left] */
  #partition(piece: number): void {
    const { kernel, layout } = this.#field;
    const { work } = this.#board;
    const [, size, from, to, column] = work;
    const first = from! + piece * size!;
    const rows = layout.rows + first * 4;
    const end = layout.rows + Math.min(to!, first + size!) * 4;
    const scratch = layout.scratch + first * 4;
    work[5 + piece] = kernel.partition(rows, end, binsOf(layout, column!), layout.sides, scratch);
  }

  /** [kind, gradient unit, hessian unit, from, to, pairs, slot, sibling's slot or -1, both leaves] */
  #searchRun(piece: number): void {
    const { kernel, layout } = this.#field;
    const { work, isUsed } = this.#board;
    const [, gradient, hessian, from, to, pairs, slot, sibling] = work;
    const scales: Scales = { gradient: gradient!, hessian: hessian! };
    const { first, last, starts, common } = layout.runs[piece]!;
    let used = 0;
    for (let column = first; column < last; column++) {
      if (isUsed[column] === 0) continue;
      used++;
      kernel.clear(cellsOf(layout, slot!, column), this.#bytes(column));
    }
    if (used === 0) return;
    const [rows, end] = [layout.rows + from! * 4, layout.rows + to! * 4];
    const cellsOfRun = cellsOf(layout, slot!, first);
    if (starts === 0) {
      const group = binsOf(layout, first);
      kernel.histogramOfFour(rows, end, group, pairs!, cellsOfRun, layout.countBits);
    } else {
      // Where the search of the first column will leave its find: that is later.
      const total = cellsOfRun + foundOffset;
      kernel.histogramOfRun(rows, end, starts, pairs!, cellsOfRun, total, layout.countBits);
      for (let column = first; column < last; column++) {
        if (isUsed[column] === 0) continue;
        const cells = cellsOf(layout, slot!, column);
        const lacking = cells + common[column - first]! * cellBytes;
        kernel.complete(cells, cells + this.#bytes(column), lacking, total);
      }
    }
    const own = readSums(work, 8);
    const other = readSums(work, 14);
    for (let column = first; column < last; column++) {
      if (isUsed[column] === 0) continue;
      const cells = cellsOf(layout, slot!, column);
      if (own) this.#search.search(slot!, column, own, scales);
      if (sibling! < 0) continue;
      const large = cellsOf(layout, sibling!, column);
      kernel.subtract(large, large + this.#bytes(column), cells);
      if (other) this.#search.search(sibling!, column, other, scales);
    }
  }

  #bytes(column: number): number {
    return (this.#field.layout.binCounts[column]! + 1) * cellBytes;
  }
}

/** Puts up the sums of a leaf, six numbers; where there is none, a count of 0. */
export function writeSums(work: Float64Array, place: number, sums: NodeSums | undefined): void {
  work[place] = sums ? sums.count : 0;
  if (!sums) return;
  work[place + 1] = sums.gradient;
  work[place + 2] = sums.hessian;
  work[place + 3] = sums.low;
  work[place + 4] = sums.high;
}

function readSums(work: Float64Array, place: number): NodeSums | undefined {
  const count = work[place]!;
  if (count === 0) return undefined;
  return {
    count,
    gradient: work[place + 1]!,
    hessian: work[place + 2]!,
    low: work[place + 3]!,
    high: work[place + 4]!,
  };
}
