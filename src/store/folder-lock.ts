/** Sees to it that one process at a time writes to a folder. */
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../problem.js';
import { birthOf, isAlive, ownSpace, processMark } from '../this-process.js';
import { tryAgain } from '../try-again.js';

/** A process, as those after it may look for it. */
interface Holder {
  readonly pid: number;
  /** Which of those that had this number in turn; "unknown" where the system does not say. */
  readonly birth: string;
  /** Where its number means something: a container has numbers of its own. */
  readonly space: string;
}

/** How often a holder touches its lock, and for how long one is watched that cannot be looked for, in milliseconds. */
const touchMs = 1000;
const watchMs = 3500;

/**
 * Takes the folder; resolves to what gives it back. Rejects with `store-folder-busy` while a living process holds it. One
 * in another container is told by its touching the lock, which takes some seconds to see.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = join(folder, 'writer.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    const release = take(path);
    if (release) return release;
    const text = read(path);
    const holder = holderOf(text);
    if (await isHeld(path, holder)) {
      throw new Problem({
        code: 'store-folder-busy',
        what: `another process (${holder.pid}) writes there`,
        where: { file: folder },
        remedy: 'end it, or give this one a folder of its own',
      });
    }
    if (read(path) === text) rmSync(path, { force: true });
  }
  throw new Problem({
    code: 'store-folder-busy',
    what: 'other processes race for it',
    where: { file: folder },
  });
}

/** Does `act` while no other process, nor another part of this one, has the folder; waits two seconds for it at most. */
export async function whileLocked<T>(folder: string, act: () => T | Promise<T>): Promise<T> {
  const turn = { code: 'store-folder-busy', times: 40, everyMs: 50 };
  const release = await tryAgain(() => lockFolder(folder), turn);
  try {
    return await act();
  } finally {
    release();
  }
}

/** Writes the lock and keeps touching it; undefined where there is one. */
function take(path: string): (() => void) | undefined {
  try {
    writeFileSync(path, processMark(), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return undefined;
  }
  // Counted, for clocks may differ.
  let touched = 0;
  const timer = setInterval(() => touch(path, ++touched), touchMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    rmSync(path, { force: true });
  };
}

async function isHeld(path: string, { pid, birth, space }: Holder): Promise<boolean> {
  if (space === ownSpace()) {
    const isUntold = pid === process.pid && birth === 'unknown';
    return isAlive(pid) && birthOf(pid) === birth && !isUntold;
  }
  const before = touchedAt(path);
  await wait(watchMs);
  const after = touchedAt(path);
  return after !== undefined && after !== before;
}

function holderOf(text: string): Holder {
  const [pid, birth, space] = text.split(' ');
  // Where it does not say, it was a process of here.
  return { pid: Number(pid), birth: birth ?? birthOf(Number(pid)), space: space ?? ownSpace() };
}

function touch(path: string, seconds: number): void {
  try {
    utimesSync(path, seconds, seconds);
  } catch {
    // Who removed it sees to what becomes of it.
  }
}

function touchedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
