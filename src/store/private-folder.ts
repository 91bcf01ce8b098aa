/** Makes a folder that only its owner can look into. */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Problem } from '../problem.js';

/**
 * Makes the folder, and those above it that are missing. Throws `store-folder` where that cannot be, or where something
 * else stands there.
 */
export function makePrivateFolder(folder: string): void {
  try {
    make(resolve(folder));
  } catch (error) {
    throw folderProblem(folder, error);
  }
}

/** What the system says against a folder, as a `Problem`; any other error as it is. */
export function folderProblem(folder: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof Problem || code === undefined) return error;
  return new Problem({
    code: 'store-folder',
    what: `nothing can be kept there: ${message}`,
    where: { file: folder },
    remedy: 'name a folder that can be written, with room on its disk',
  });
}

// Not `recursive`: under /proc Node would try for ever.
function make(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) return;
  if (there) throw Object.assign(new Error('something else stands there'), { code: 'ENOTDIR' });
  if (dirname(folder) !== folder) make(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
  chmodSync(folder, 0o700);
}
