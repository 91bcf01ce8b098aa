/** Shares the work on gradients and leaves between threads, piece by piece; what comes out does not depend on them. */
import { type Field, fieldOn, type Layout } from './field.js';
import { borrowHelpers } from './helpers.js';
import type { SharedMemory } from './kernel.js';
import { type GroupSplits, groupSplits, type LeafWork, LeafWorker } from './leaf-work.js';
import type { NodeSums, Scales, Split } from './split.js';
import type { SplitRules } from './split-rules.js';

/** What a helping thread is told. */
export interface GroupsJob {
  readonly kind: 'groups';
  readonly layout: Layout;
  readonly memory: SharedMemory;
  readonly rules: SplitRules;
  readonly board: SharedArrayBuffer;
}

/** Work of fewer histogram updates than this is done before another thread has woken up. */
const worthSharing = 40_000;

/** Looks at the board so often before falling asleep: about 20 µs. */
const patience = 2_000;

/** Works on leaves, alone or with helpers. Call `close` when the last tree is grown. */
export class Team {
  readonly #field: Field;
  readonly #worker: LeafWorker;
  readonly #board: Board | undefined;
  readonly #splits: GroupSplits[];
  readonly #isUsed: Uint8Array;

  constructor(field: Field, rules: SplitRules, threads: number) {
    const { layout, memory } = field;
    this.#field = field;
    this.#worker = new LeafWorker(field, rules);
    this.#splits = Array.from({ length: layout.groupCount }, groupSplits);
    const helpers = Math.min(threads, layout.groupCount) - 1;
    if (helpers > 0 && layout.rowCount * layout.columnCount >= worthSharing) {
      const board = Board.make(layout);
      this.#board = new Board(board, layout);
      const job: GroupsJob = { kind: 'groups', layout, memory, rules, board };
      borrowHelpers(Array.from({ length: helpers }, () => ({ job })));
    }
    this.#isUsed = this.#board?.isUsed ?? new Uint8Array(layout.columnCount);
  }

  /** The columns that splits may use from now on. */
  use(columns: readonly number[]): void {
    this.#isUsed.fill(0);
    for (const column of columns) this.#isUsed[column] = 1;
  }

  /** Does the work; the best splits of each group, in the order of the groups. */
  run(work: LeafWork): readonly GroupSplits[] {
    const { columnCount, groupCount } = this.#field.layout;
    const updates = ((work.end - work.rows) / 4) * columnCount;
    if (!this.#board || updates < worthSharing) {
      for (let group = 0; group < groupCount; group++)
        this.#worker.run(group, work, this.#isUsed, this.#splits[group]!);
    } else {
      this.#board.begin(work);
      takeGroups(this.#board, this.#worker);
      this.#board.join();
      for (let group = 0; group < groupCount; group++) this.#board.read(group, this.#splits[group]!);
    }
    return this.#splits;
  }

  /** Writes the pairs of log loss at the present scores. */
  fillLogLoss(scales: Scales): void {
    const { groupCount, rowCount } = this.#field.layout;
    if (!this.#board || rowCount < worthSharing / 4) {
      for (let piece = 0; piece < groupCount; piece++) this.#worker.fillLogLoss(piece, scales);
      return;
    }
    this.#board.begin(scales);
    takeGroups(this.#board, this.#worker);
    this.#board.join();
  }

  close(): void {
    this.#board?.close();
  }
}

/** What a helper does until the team closes. */
export function help({ layout, memory, rules, board: buffer }: GroupsJob): void {
  const board = new Board(buffer, layout);
  try {
    const worker = new LeafWorker(fieldOn(layout, memory), rules);
    while (board.waitForWork()) takeGroups(board, worker);
  } catch (error) {
    board.fail();
    throw error;
  }
}

function takeGroups(board: Board, worker: LeafWorker): void {
  const out = groupSplits();
  for (let group = board.takeGroup(); group >= 0; group = board.takeGroup()) {
    const work = board.work();
    if (work) {
      worker.run(group, work, board.isUsed, out);
      board.write(group, out);
    } else worker.fillLogLoss(group, board.scales());
    board.finish();
  }
}

const [round, ticket, left, closed, failed] = [0, 1, 2, 3, 4];
const splitDoubles = 8 + 32;

/**
 * Shared memory on which the work stands and from which groups are taken. A group is taken before the work is read:
 * work cannot change while one of its groups is unfinished, so that a helper who comes late takes nothing or the present.
 */
class Board {
  readonly isUsed: Uint8Array;
  readonly #layout: Layout;
  readonly #state: Int32Array;
  readonly #work: Float64Array;
  readonly #splits: Float64Array;
  readonly #sides: Uint8Array;
  #seen = 0;

  static make(layout: Layout): SharedArrayBuffer {
    const { groupCount, columnCount } = layout;
    const buffer = new SharedArrayBuffer(64 + 32 * 8 + groupCount * 2 * splitDoubles * 8 + columnCount);
    // Until the first work begins there is nothing to take.
    new Int32Array(buffer, 0, 16)[ticket] = groupCount;
    return buffer;
  }

  constructor(buffer: SharedArrayBuffer, layout: Layout) {
    const doubles = layout.groupCount * 2 * splitDoubles;
    this.#layout = layout;
    this.#state = new Int32Array(buffer, 0, 16);
    this.#work = new Float64Array(buffer, 64, 32);
    this.#splits = new Float64Array(buffer, 320, doubles);
    this.#sides = new Uint8Array(buffer, 320, doubles * 8);
    this.isUsed = new Uint8Array(buffer, 320 + doubles * 8, layout.columnCount);
  }

  /** Puts up work on leaves, or, given the scales alone, on the pairs of log loss. */
  begin(work: LeafWork | Scales): void {
    if ('scales' in work) this.#describe(work);
    else this.#work.set([work.gradient, work.hessian, 0]);
    Atomics.store(this.#state, left, this.#layout.groupCount);
    Atomics.store(this.#state, ticket, 0);
    Atomics.add(this.#state, round, 1);
    Atomics.notify(this.#state, round);
  }

  #describe({ rows, end, pairs, slot, sibling, own, other, scales }: LeafWork): void {
    const node = (sums: NodeSums | undefined): number[] =>
      sums ? [1, sums.gradient, sums.hessian, sums.count, sums.low, sums.high] : [0, 0, 0, 0, 0, 0];
    this.#work.set([scales.gradient, scales.hessian, 1, rows, end, pairs, slot, sibling]);
    this.#work.set(node(own), 8);
    this.#work.set(node(other), 14);
  }

  scales(): Scales {
    return { gradient: this.#work[0]!, hessian: this.#work[1]! };
  }

  /** Undefined where the work is on the pairs of log loss. */
  work(): LeafWork | undefined {
    const [, , onLeaves, rows, end, pairs, slot, sibling] = this.#work;
    if (onLeaves === 0) return undefined;
    const node = (at: number): NodeSums | undefined => {
      const [is, g, h, count, low, high] = this.#work.subarray(at, at + 6);
      return is === 1 ? { gradient: g!, hessian: h!, count: count!, low: low!, high: high! } : undefined;
    };
    return {
      ...{ rows: rows!, end: end!, pairs: pairs!, slot: slot!, sibling: sibling! },
      ...{ own: node(8), other: node(14), scales: this.scales() },
    };
  }

  /** The next group that nobody has taken; -1 where there is none. */
  takeGroup(): number {
    const group = Atomics.add(this.#state, ticket, 1);
    return group < this.#layout.groupCount ? group : -1;
  }

  write(group: number, { own, other }: GroupSplits): void {
    [own, other].forEach((split, i) => {
      const at = (group * 2 + i) * splitDoubles;
      const { gain, column, bin, missingLeft, l2, gradient, hessian, count } = split;
      this.#splits.set([gain, column, bin, missingLeft, l2, gradient, hessian, count], at);
      if (gain > 0 && bin < 0) this.#sides.set(split.sides!, (at + 8) * 8);
    });
  }

  /** Says that a group taken is done. */
  finish(): void {
    if (Atomics.sub(this.#state, left, 1) === 1) Atomics.notify(this.#state, left);
  }

  read(group: number, { own, other }: GroupSplits): void {
    [own, other].forEach((split: Split, i) => {
      const at = (group * 2 + i) * splitDoubles;
      split.gain = this.#splits[at]!;
      split.column = this.#splits[at + 1]!;
      split.bin = this.#splits[at + 2]!;
      split.missingLeft = this.#splits[at + 3]!;
      split.l2 = this.#splits[at + 4]!;
      split.gradient = this.#splits[at + 5]!;
      split.hessian = this.#splits[at + 6]!;
      split.count = this.#splits[at + 7]!;
      if (split.gain > 0 && split.bin < 0) split.sides = this.#sides.slice((at + 8) * 8, (at + 8) * 8 + 256);
    });
  }

  /** Waits until every group is done. */
  join(): void {
    for (let tries = 0; ; tries++) {
      const open = Atomics.load(this.#state, left);
      if (open === 0) return;
      if (Atomics.load(this.#state, failed) === 1) throw new Error('A helping thread has failed.');
      if (tries > patience) Atomics.wait(this.#state, left, open, 100);
    }
  }

  /** False where the team has closed. */
  waitForWork(): boolean {
    for (let tries = 0; ; tries++) {
      if (Atomics.load(this.#state, closed) === 1) return false;
      const now = Atomics.load(this.#state, round);
      if (now !== this.#seen) {
        this.#seen = now;
        return true;
      }
      if (tries > patience) Atomics.wait(this.#state, round, now);
    }
  }

  close(): void {
    Atomics.store(this.#state, closed, 1);
    Atomics.add(this.#state, round, 1);
    Atomics.notify(this.#state, round);
  }

  fail(): void {
    Atomics.store(this.#state, failed, 1);
    Atomics.notify(this.#state, left);
  }
}
