/** Shares the work of growing trees between threads; what comes out does not depend on how many there are. */

import type { SharedMemory } from '../wasm/shared-memory.js';
import { Board } from './board.js';
import { type Field, fieldOn, type Layout } from './field.js';
import type { GrownNode } from './grown-node.js';
import { borrowHelpers } from './helpers.js';
import type { NodeSums, Scales } from './split.js';
import type { SplitRules } from './split-rules.js';
import { kinds, mostSteps, TeamWorker, writeSums } from './team-work.js';

/** What a helping thread is told. */
export interface GroupsJob {
  readonly kind: 'groups';
  readonly layout: Layout;
  readonly memory: SharedMemory;
  readonly rules: SplitRules;
  readonly board: SharedArrayBuffer;
}

/** A table of fewer values is learned before another thread has woken up. */
const worthHelpers = 40_000;

/** Work on rows is cut into at most so many pieces, and pieces are not smaller than this. */
const mostPieces = 8;
const leastPiece = 4_096;

/** Works alone or with helpers. Call `close` when the last tree is grown. */
export class Team {
  readonly #field: Field;
  readonly #worker: TeamWorker;
  readonly #board: Board;
  readonly #hasHelpers: boolean;

  constructor(field: Field, rules: SplitRules, threads: number) {
    const { layout, memory } = field;
    this.#field = field;
    this.#board = new Board(layout.columnCount);
    this.#worker = new TeamWorker(field, rules, this.#board);
    const helpers = Math.min(threads, layout.runs.length) - 1;
    this.#hasHelpers = helpers > 0 && layout.rowCount * layout.columnCount >= worthHelpers;
    if (!this.#hasHelpers) return;
    const job: GroupsJob = { kind: 'groups', layout, memory, rules, board: this.#board.buffer };
    borrowHelpers(Array.from({ length: helpers }, () => ({ job })));
  }

  /** The columns that splits may use from now on. */
  use(columns: readonly number[]): void {
    this.#board.isUsed.fill(0);
    for (const column of columns) this.#board.isUsed[column] = 1;
  }

  /** Writes the pairs of log loss at the present scores. */
  logLoss({ gradient, hessian }: Scales): void {
    this.#board.work.set([gradient, hessian], 2);
    this.#doRows(kinds.logLoss, this.#field.layout.rowCount);
  }

  /** Adds the value of each leaf to the scores of its rows. */
  addSteps(leaves: readonly GrownNode[], rowCount: number): void {
    const { work } = this.#board;
    for (let first = 0; first < leaves.length; first += mostSteps) {
      const some = leaves.slice(first, first + mostSteps);
      work[2] = some.length;
      some.forEach(({ from, to, value }, i) => {
        work.set([from, to, value], 3 + i * 3);
      });
      this.#doRows(kinds.steps, rowCount);
    }
  }

  /** Parts the rows of a leaf by the field's `sides`, keeping both orders; says where the right ones begin. */
  partition({ from, to }: GrownNode, column: number): number {
    const { kernel, layout } = this.#field;
    const { work } = this.#board;
    work[2] = from;
    work[3] = to;
    work[4] = column;
    const pieces = this.#doRows(kinds.partition, to - from);
    const size = work[1]!;
    // Each piece has its left rows at its front, its right ones in the scratch: close the ranks.
    let left = from;
    for (let piece = 0; piece < pieces; piece++) {
      const first = from + piece * size;
      if (first > left) kernel.move(layout.rows + left * 4, layout.rows + first * 4, work[5 + piece]! * 4);
      left += work[5 + piece]!;
    }
    for (let piece = 0, right = left; piece < pieces; piece++) {
      const first = from + piece * size;
      const count = Math.min(size, to - first) - work[5 + piece]!;
      kernel.move(layout.rows + right * 4, layout.scratch + first * 4, count * 4);
      right += count;
    }
    return left;
  }

  /**
   * Fills the histogram of a leaf, makes that of its sibling from their parent's, and leaves in both the best splits of
   * every column: of `own` and of `other` where they are given.
   */
  search(
    { from, to, slot }: GrownNode,
    sibling: GrownNode | undefined,
    search: { scales: Scales; own: NodeSums | undefined; other: NodeSums | undefined },
  ): void {
    const { layout } = this.#field;
    const { work } = this.#board;
    // All rows in their first order need no gathering.
    const whole = sibling === undefined && to - from === layout.rowCount;
    if (!whole) {
      work[2] = from;
      work[3] = to;
      this.#doRows(kinds.gather, to - from);
    }
    work[1] = search.scales.gradient;
    work[2] = search.scales.hessian;
    work[3] = from;
    work[4] = to;
    work[5] = whole ? layout.pairs : layout.ordered;
    work[6] = slot;
    work[7] = sibling ? sibling.slot : -1;
    writeSums(work, 8, search.own);
    writeSums(work, 14, search.other);
    this.#do(kinds.search, layout.runs.length);
  }

  close(): void {
    if (this.#hasHelpers) this.#board.close();
  }

  /** Work on so many rows, in pieces of an even number of them; says how many pieces. */
  #doRows(kind: number, rows: number): number {
    const pieces = this.#hasHelpers ? Math.max(1, Math.min(mostPieces, Math.floor(rows / leastPiece))) : 1;
    const size = Math.ceil(rows / pieces / 2) * 2;
    this.#board.work[1] = size;
    const filled = Math.ceil(rows / size);
    this.#do(kind, filled);
    return filled;
  }

  #do(kind: number, pieces: number): void {
    this.#board.work[0] = kind;
    if (!this.#hasHelpers || pieces === 1) {
      for (let piece = 0; piece < pieces; piece++) this.#worker.run(piece);
      return;
    }
    this.#board.begin(pieces);
    takePieces(this.#board, this.#worker);
    this.#board.join();
  }
}

/** What a helper does until the team closes. */
export function help({ layout, memory, rules, board: buffer }: GroupsJob): void {
  const board = new Board(layout.columnCount, buffer);
  try {
    const worker = new TeamWorker(fieldOn(layout, memory), rules, board);
    while (board.waitForWork()) takePieces(board, worker);
  } catch (error) {
    board.fail();
    throw error;
  }
}

function takePieces(board: Board, worker: TeamWorker): void {
  for (let piece = board.take(); piece >= 0; piece = board.take()) {
    worker.run(piece);
    board.finish();
  }
}
