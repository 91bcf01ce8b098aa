/** Sees to it that one process at a time writes to a folder. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.js';

/** Takes the folder; returns what gives it back. Throws `store-folder-busy` while a living process holds it. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'writer.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, `${process.pid} ${birthOf(process.pid)}`, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [pid, birth] = read(path).split(' ');
    const holder = Number(pid);
    if (holder !== process.pid && isAlive(holder) && (birth ?? birthOf(holder)) === birthOf(holder)) {
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

/**
 * Which of the processes that had this number in turn it is. After a crash and a start of the machine another program may
 * have the number of the one that held the folder. "unknown" where the system does not say.
 */
function birthOf(pid: number): string {
  const boot = read('/proc/sys/kernel/random/boot_id').trim();
  // The program's name, in brackets, may hold anything; the 20th field after it is when it began.
  const started = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')[19];
  return boot === '' || started === undefined ? 'unknown' : `${boot}/${started}`;
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
