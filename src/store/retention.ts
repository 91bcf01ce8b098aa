/** How long a log is kept: days that are over are removed, whether predictions come or not, and no faster than clocks can be believed. */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../write-atomically.js';
import { logFiles } from './prediction-seal.js';

const day = 86_400_000;

/** How long a service may have been off, or a clock may have jumped, until the clock is doubted. */
const believed = 45 * day;

/**
 * Removes the files of days before `keepDays`. Where much more time seems to have passed since the last call than is
 * believed, only one day more counts: a clock that is months ahead does not remove everything at once. Then it returns
 * why, in a sentence.
 */
export function removeOldDays(
  folder: string,
  { now, keepDays }: { now: Date; keepDays: number },
): string | undefined {
  const files = logFiles(folder);
  const newest = files.at(-1);
  if (newest === undefined) return undefined;
  const mark = join(folder, 'retention');
  const last = markedTime(mark) ?? Date.parse(newest.slice(0, 10));
  const passed = now.getTime() - last;
  const today = passed > believed ? last + day : now.getTime();
  const first = new Date(today - keepDays * day).toISOString().slice(0, 10);
  for (const name of files) if (name.slice(0, 10) < first) rmSync(join(folder, name), { force: true });
  writeFileAtomically(mark, new Date(today).toISOString(), { mode: 0o600 });
  if (passed <= believed) return undefined;
  return `The clock is ${Math.floor(passed / day)} days ahead of when old days were last removed: it is followed by a day an hour.`;
}

/**
 * Makes room: removes the oldest files, but never the newest, until `wanted` bytes fit under `most`. The bytes that are
 * left.
 */
export function makeRoom(folder: string, { wanted, most }: { wanted: number; most: number }): number {
  const sizes = sizesOf(folder);
  let left = logSize(folder);
  for (const { name, size } of sizes.slice(0, -1)) {
    if (left + wanted <= most) break;
    rmSync(join(folder, name), { force: true });
    left -= size;
  }
  return left;
}

/** The size of all files together, in bytes. */
export function logSize(folder: string): number {
  return sizesOf(folder).reduce((sum, { size }) => sum + size, 0);
}

function sizesOf(folder: string): { name: string; size: number }[] {
  return logFiles(folder).map((name) => ({ name, size: statSync(join(folder, name)).size }));
}

function markedTime(path: string): number | undefined {
  try {
    const time = Date.parse(readFileSync(path, 'utf8'));
    return Number.isNaN(time) ? undefined : time;
  } catch {
    return undefined;
  }
}
