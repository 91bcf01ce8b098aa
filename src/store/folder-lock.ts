/** Sees to it that one process at a time writes to a folder. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.js';

/** Takes the folder; returns what gives it back. Throws `store-folder-busy` while a living process holds it. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'writer.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(read(path));
    if (holder !== process.pid && isAlive(holder)) {
      throw new Problem({
        code: 'store-folder-busy',
        what: `another process (${holder}) writes there`,
        where: { file: folder },
        remedy: 'end it, or give this one a folder of its own',
      });
    }
    rmSync(path, { force: true });
  }
  throw new Problem({
    code: 'store-folder-busy',
    what: 'other processes race for it',
    where: { file: folder },
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
