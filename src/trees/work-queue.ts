/** The queue from which threads take the pieces of a work, one after another. */

/** Looks so often before falling asleep: who waits for the last pieces about 15 µs, who waits for work about 0.8 ms. */
const patience = { forPieces: 500, forWork: 25_000 };

const [round, ticket, left, sleepers, closed, failed] = [0, 1, 2, 3, 4, 5];

/**
 * Counters in shared memory. A piece is taken before the work is read: work cannot change while one of its pieces is
 * unfinished, so that a thread that comes late takes nothing or the present. Tickets count down, so that one number says
 * both whether there is a piece and which.
 */
export class WorkQueue {
  readonly buffer: SharedArrayBuffer;
  readonly #state: Int32Array;
  #seen = 0;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(64)) {
    this.buffer = buffer;
    this.#state = new Int32Array(buffer);
  }

  /** Says that there is work to take, in so many pieces. */
  begin(pieces: number): void {
    Atomics.store(this.#state, left, pieces);
    Atomics.store(this.#state, ticket, pieces);
    Atomics.add(this.#state, round, 1);
    if (Atomics.load(this.#state, sleepers) > 0) Atomics.notify(this.#state, round);
  }

  /** A piece that nobody has taken; -1 where there is none. */
  take(): number {
    return Math.max(-1, Atomics.sub(this.#state, ticket, 1) - 1);
  }

  /** Says that a piece taken is done. */
  finish(): void {
    if (Atomics.sub(this.#state, left, 1) === 1) Atomics.notify(this.#state, left);
  }

  /** Waits until every piece is done. */
  join(): void {
    for (let tries = 0; ; tries += pause(1)) {
      const open = Atomics.load(this.#state, left);
      if (open === 0) return;
      if (Atomics.load(this.#state, failed) === 1) throw new Error('A helping thread has failed.');
      if (tries > patience.forPieces) Atomics.wait(this.#state, left, open, 100);
    }
  }

  /** Waits for the next work; false where the queue is closed. */
  waitForWork(): boolean {
    for (let tries = 0; ; tries += pause(1)) {
      if (Atomics.load(this.#state, closed) === 1) return false;
      const now = Atomics.load(this.#state, round);
      if (now !== this.#seen) {
        this.#seen = now;
        return true;
      }
      if (tries < patience.forWork) continue;
      Atomics.add(this.#state, sleepers, 1);
      Atomics.wait(this.#state, round, now);
      Atomics.sub(this.#state, sleepers, 1);
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

/**
 * Takes about 25 ns and gives back what it was given, 1: multiplications that wait for one another leave the core to the thread
 * that shares it, where a loop that only looks would take half of its turns.
 */
function pause(one: number): number {
  for (let i = 0; i < 32; i += 4) {
    one = Math.imul(one, one);
    one = Math.imul(one, one);
    one = Math.imul(one, one);
    one = Math.imul(one, one);
  }
  return one;
}
