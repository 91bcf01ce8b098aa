/** Gives up a database that says nothing any more. */
import { Problem } from '../../problem.js';
import type { SnapshotOptions } from './database-snapshot.js';

/** How long to wait, whom for, and what ends the connection. */
export interface Silence extends Pick<SnapshotOptions, 'silentSeconds' | 'signal'> {
  readonly source: string;
  /** Ends the connection at once. */
  destroy(): void;
}

/** The answer, or `io-silent` where it does not come in time; also ends when the signal is aborted. */
export async function answerOf<T>(answer: Promise<T>, silence: Silence): Promise<T> {
  const { silentSeconds, signal, source, destroy } = silence;
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => {};
  const given = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent(source, silentSeconds)), silentSeconds * 1000);
    stop = () => reject(signal?.reason);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
  // What comes of a connection that was given up interests nobody.
  answer.catch(() => {});
  try {
    return await Promise.race([answer, given]);
  } catch (error) {
    destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** The same values, each awaited no longer than that. */
export async function* partsOf<T>(parts: AsyncIterable<T>, silence: Silence): AsyncGenerator<T> {
  const iterator = parts[Symbol.asyncIterator]();
  let finished = false;
  try {
    for (;;) {
      const { value, done } = await answerOf(iterator.next(), silence);
      if (done) break;
      yield value;
    }
    finished = true;
  } finally {
    // Whoever stops in the middle cannot read on from this connection.
    if (!finished) silence.destroy();
  }
}

function silent(source: string, seconds: number): Problem {
  return new Problem({
    code: 'io-silent',
    what: `the database at ${source} said nothing for ${seconds} seconds`,
    remedy: 'look whether it is running and not locked; a slow one gets more time by silentSeconds',
  });
}
