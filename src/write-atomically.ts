/** Writing that survives a crash: the old content is there, or the new, never a part of either. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a file beside its place, syncs it and renames it into place. Makes the folder where needed. `mode` is as `chmod` takes it. */
export function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  options: { mode?: number } = {},
): void {
  inPlace(path, (temporary) => writeSynced(temporary, content, options.mode));
}

/**
 * Writes a folder of files beside its place, syncs everything and renames it into place.
 * Where a folder of that name holds something already, it throws and leaves that as it is.
 */
export function writeFolderAtomically(path: string, files: ReadonlyMap<string, Uint8Array>): void {
  inPlace(path, (temporary) => {
    mkdirSync(temporary);
    for (const [name, content] of files) writeSynced(join(temporary, name), content);
    syncFolder(temporary);
  });
}

/** Writes to a temporary place, then renames; what a failure left there is cleared away. */
function inPlace(path: string, write: (temporary: string) => void): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  sweep(folder);
  const temporary = `${path}.${process.pid}${ending}`;
  try {
    write(temporary);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
  syncFolder(folder);
}

// Nobody else's files end so: what ends so and whose writer is gone can be removed.
const ending = '.alambique.tmp';

/** Removes what a crash left half-written: temporary places whose writing process is no longer alive. */
export function sweep(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(ending)) continue;
    const writer = Number(/\.(\d+)$/.exec(name.slice(0, -ending.length))?.[1]);
    if (writer > 0 && !isWriting(writer)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

// Writing is one synchronous step, so this process is not in the midst of it when it asks; a process of the same
// number once was (in a container, numbers come again at every start).
function isWriting(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function writeSynced(path: string, content: string | Uint8Array, mode?: number): void {
  const file = openSync(path, 'w', mode);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

// Without this a rename may be lost with the power. Windows cannot open a folder, and needs no such thing.
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
