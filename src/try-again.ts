/** Tries again what is held by another process for a while. */
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from './problem.js';

/** Does `act`, and again while it rejects with a `Problem` of this code: so many times more, after so many milliseconds each. */
export async function tryAgain<T>(
  act: () => T | Promise<T>,
  { code, times, everyMs }: { code: string; times: number; everyMs: number },
): Promise<T> {
  for (; ; times--) {
    try {
      return await act();
    } catch (error) {
      const isHeld = error instanceof Problem && error.issues[0]?.code === code;
      if (!isHeld || times === 0) throw error;
      await wait(everyMs);
    }
  }
}
