/** Asks again where that may help, each time after a longer pause, and ends what says nothing. */
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Patience } from './io.js';
import { mayPass, Trouble, troubleOfError } from './trouble.js';

export const usualPatience: Patience = { tries: 6, silence: 30_000, pause: 200 };

/** In milliseconds. */
const longestPause = 10_000;

/** What a request is made with. */
export interface Attempt {
  /** Aborted where it takes too long, or is wanted no more. */
  readonly signal: AbortSignal;
  /** Where an earlier attempt had no answer: it may have been done for all that. */
  readonly unsure: boolean;
}

/**
 * What `work` gives at last. An attempt may be silent for as long as `patience` says, and longer by `bytes` that it sends. Throws the last
 * `Trouble`.
 */
export async function retried<T>(
  work: (attempt: Attempt) => Promise<T>,
  { patience, signal, bytes = 0 }: { patience: Patience; signal?: AbortSignal; bytes?: number },
): Promise<T> {
  let unsure = false;
  for (let attempt = 1; ; attempt++) {
    const limit = new Silence(patience.silence + bytes / slowest, signal);
    try {
      return await limit.ended(work({ signal: limit.signal, unsure }));
    } catch (error) {
      signal?.throwIfAborted();
      const trouble = limit.isOver ? new Trouble('silent', `${patience.silence} ms`) : troubleOfError(error);
      if (!mayPass(trouble) || attempt >= patience.tries) throw trouble;
      unsure = true;
      await pauseBefore(attempt, patience, signal);
    } finally {
      limit.clear();
    }
  }
}

/** Bytes in a millisecond, below which sending counts as silence. */
const slowest = 32;

/** Waits a random part of a span that doubles with each attempt, so that those who were refused together do not come back together. */
export async function pauseBefore(
  attempt: number,
  patience: Patience,
  signal: AbortSignal | undefined,
): Promise<void> {
  const most = Math.min(longestPause, patience.pause * 2 ** (attempt - 1));
  await pause(randomInt(Math.ceil(most / 2), Math.ceil(most) + 1), undefined, { signal });
}

/** Aborts its signal after so many milliseconds without a word. */
export class Silence {
  readonly signal: AbortSignal;
  isOver = false;
  readonly #timer: NodeJS.Timeout;
  readonly #own = new AbortController();
  #waits = true;

  constructor(milliseconds: number, outer?: AbortSignal) {
    this.signal = outer ? AbortSignal.any([this.#own.signal, outer]) : this.#own.signal;
    this.#timer = setTimeout(() => {
      if (!this.#waits) return;
      this.isOver = true;
      this.#own.abort();
    }, milliseconds);
  }

  /** A word came: counting begins anew, or rests until the next is waited for. */
  heard({ waits }: { waits: boolean }): void {
    this.#waits = waits;
    if (waits) this.#timer.refresh();
  }

  /** What the work gives; it fails when the signal is aborted, even where the work does not listen. */
  async ended<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    let stop: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
    });
    try {
      return await Promise.race([work, aborted]);
    } finally {
      signal.removeEventListener('abort', stop!);
      work.catch(() => {});
    }
  }

  /** Ends it; a connection that is still open is cut. */
  end(): void {
    this.clear();
    this.#own.abort();
  }

  clear(): void {
    this.#waits = false;
    clearTimeout(this.#timer);
  }
}
