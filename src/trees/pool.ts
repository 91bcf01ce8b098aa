/** Shares the work of growing trees between threads; what comes out does not depend on how many there are. */

import { type Arena, arenaOn } from './arena.js';
import { borrowThreads } from './borrow-threads.js';
import type { GrownNode } from './grown-node.js';
import type { PiecesJob } from './jobs.js';
import { mostPieces, mostSteps } from './kernel/structures.js';
import type { Scales } from './node-split.js';
import { PoolWorker } from './pool-worker.js';
import { describeLeaf, type SplitRules } from './split-rules.js';
import { kinds, type Work, workIn } from './work.js';
import { WorkQueue } from './work-queue.js';

/** A table of fewer values is learned before another thread has woken up. */
const worthThreads = 40_000;

/** Pieces of work on rows are not smaller than this. */
const leastPiece = 4_096;

/** Works alone or with other threads. Call `close` when the last tree is grown. */
export class Pool {
  readonly #arena: Arena;
  readonly #rules: SplitRules;
  readonly #worker: PoolWorker;
  readonly #work: Work;
  readonly #queue = new WorkQueue();
  readonly #isShared: boolean;

  constructor(arena: Arena, rules: SplitRules, threads: number) {
    const { layout, memory } = arena;
    this.#arena = arena;
    this.#rules = rules;
    this.#work = workIn(arena);
    this.#worker = new PoolWorker(arena, rules);
    const others = Math.min(threads, layout.runs.length) - 1;
    this.#isShared = others > 0 && layout.rowCount * layout.columnCount >= worthThreads;
    if (!this.#isShared) return;
    const job: PiecesJob = { kind: 'pieces', layout, memory, rules, queue: this.#queue.buffer };
    borrowThreads(Array.from({ length: others }, () => ({ job })));
  }

  /** The columns that splits may use from now on. */
  use(columns: readonly number[]): void {
    this.#work.isUsed.fill(0);
    for (const column of columns) this.#work.isUsed[column] = 1;
  }

  /** Writes the pairs of log loss at the present scores. */
  logLoss(scales: Scales): void {
    this.#fillPairs(kinds.logLoss, scales);
  }

  /** Writes the gradients and hessians of the arena's loss on numbers at the present scores; the greatest of them. */
  gradients(): { gradient: number; hessian: number } {
    const pieces = this.#doRows(kinds.gradients, this.#arena.layout.rowCount);
    const each = this.#work.greatest.slice(0, pieces);
    return {
      gradient: Math.max(...each.map(({ gradient }) => gradient)),
      hessian: Math.max(...each.map(({ hessian }) => hessian)),
    };
  }

  /** Rounds them to pairs. */
  pack(scales: Scales): void {
    this.#fillPairs(kinds.pack, scales);
  }

  #fillPairs(kind: number, { gradient, hessian }: Scales): void {
    this.#arena.place.perGradient = 1 / gradient;
    this.#arena.place.perHessian = 1 / hessian;
    this.#doRows(kind, this.#arena.layout.rowCount);
  }

  /** Adds the value of each leaf to the scores of its rows. */
  addSteps(leaves: readonly GrownNode[], rowCount: number): void {
    this.#forSome(leaves, () => this.#doRows(kinds.steps, rowCount));
  }

  /** Gives each leaf the value that a share of the residuals of its rows lies below. */
  renew(leaves: readonly GrownNode[], { share, isWeighted }: { share: number; isWeighted: boolean }): void {
    const { next, steps } = this.#work;
    next.renewal = share;
    next.isWeighted = isWeighted ? 1 : 0;
    this.#forSome(leaves, (some) => {
      this.#do(kinds.renew, some.length);
      some.forEach((leaf, i) => {
        leaf.value = steps[i]!.value;
      });
    });
  }

  /** As many leaves at a time as there is room for. */
  #forSome(leaves: readonly GrownNode[], work: (some: readonly GrownNode[]) => void): void {
    for (let first = 0; first < leaves.length; first += mostSteps) {
      const some = leaves.slice(first, first + mostSteps);
      this.#work.next.stepCount = some.length;
      some.forEach(({ from, to, value }, i) => {
        Object.assign(this.#work.steps[i]!, { from, to, value });
      });
      work(some);
    }
  }

  /** Parts the rows of a leaf by the arena's `sides`, keeping both orders; says where the right ones begin. */
  partition({ from, to }: GrownNode, column: number): number {
    const { kernel, layout } = this.#arena;
    const { next, leftCounts } = this.#work;
    next.from = from;
    next.to = to;
    next.column = column;
    const pieces = this.#doRows(kinds.partition, to - from);
    const size = next.rowsPerPiece;
    // Each piece has its left rows at its front, its right ones in the scratch: close the ranks.
    let left = from;
    for (let piece = 0; piece < pieces; piece++) {
      const first = from + piece * size;
      if (first > left) kernel.move(layout.rows + left * 4, layout.rows + first * 4, leftCounts[piece]! * 4);
      left += leftCounts[piece]!;
    }
    for (let piece = 0, right = left; piece < pieces; piece++) {
      const first = from + piece * size;
      const count = Math.min(size, to - first) - leftCounts[piece]!;
      kernel.move(layout.rows + right * 4, layout.scratch + first * 4, count * 4);
      right += count;
    }
    return left;
  }

  /**
   * Fills the histogram of a leaf, makes that of its sibling from their parent's, and leaves in both the best splits of
   * every column: in the first only where `searchesOwn`.
   */
  search(
    own: GrownNode,
    sibling: GrownNode | undefined,
    { scales, searchesOwn }: { scales: Scales; searchesOwn: boolean },
  ): void {
    const { layout } = this.#arena;
    const { next } = this.#work;
    const { from, to } = own;
    // All rows in their first order need no gathering.
    const isWhole = sibling === undefined && to - from === layout.rowCount;
    next.from = from;
    next.to = to;
    if (!isWhole) this.#doRows(kinds.gather, to - from);
    describeLeaf(this.#arena.own, own, { scales, rules: this.#rules, countBits: layout.countBits });
    this.#arena.own.rows = layout.rows + from * 4;
    this.#arena.own.rowsEnd = layout.rows + to * 4;
    this.#arena.own.pairs = isWhole ? layout.pairs : layout.ordered;
    if (sibling)
      describeLeaf(this.#arena.sibling, sibling, { scales, rules: this.#rules, countBits: layout.countBits });
    next.slot = own.slot;
    next.siblingSlot = sibling ? sibling.slot : -1;
    next.searchesOwn = searchesOwn ? 1 : 0;
    this.#do(kinds.search, layout.runs.length);
  }

  close(): void {
    if (this.#isShared) this.#queue.close();
  }

  /** Work on so many rows, in pieces of an even number of them; says how many pieces. */
  #doRows(kind: number, rows: number): number {
    const pieces = this.#isShared ? Math.max(1, Math.min(mostPieces, Math.floor(rows / leastPiece))) : 1;
    const size = Math.ceil(rows / pieces / 2) * 2;
    this.#work.next.rowsPerPiece = size;
    const filled = Math.ceil(rows / size);
    this.#do(kind, filled);
    return filled;
  }

  #do(kind: number, pieces: number): void {
    this.#work.next.kind = kind;
    if (!this.#isShared || pieces === 1) {
      for (let piece = 0; piece < pieces; piece++) this.#worker.run(piece);
      return;
    }
    this.#queue.begin(pieces);
    takePieces(this.#queue, this.#worker);
    this.#queue.join();
  }
}

/** What another thread does until the pool closes. */
export function takePiecesOf({ layout, memory, rules, queue: buffer }: PiecesJob): void {
  const queue = new WorkQueue(buffer);
  try {
    const worker = new PoolWorker(arenaOn(layout, memory), rules);
    while (queue.waitForWork()) takePieces(queue, worker);
  } catch (error) {
    queue.fail();
    throw error;
  }
}

function takePieces(queue: WorkQueue, worker: PoolWorker): void {
  for (let piece = queue.take(); piece >= 0; piece = queue.take()) {
    worker.run(piece);
    queue.finish();
  }
}
