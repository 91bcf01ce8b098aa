/** Who runs this program, and what tells its process from all others, also from a later one that has its number. */
import { readFileSync, readlinkSync } from 'node:fs';
import { userInfo } from 'node:os';

/** The user of this machine. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // In a container a number may have no name.
  }
}

/** This process on one line, as `hasEnded` reads it: its number, its birth, and where the number means something. */
export function processMark(): string {
  return `${process.pid} ${birthOf(process.pid)} ${ownSpace()}`;
}

/**
 * Whether the process of a mark has ended; undefined where it cannot be looked for from here, as it ran on another
 * machine or in another container.
 */
export function hasEnded(mark: string): boolean | undefined {
  const [pid = '', birth = '', space = ''] = mark.split(' ');
  const bootOf = (text: string): string => text.split('/')[0]!;
  // Containers of one machine share its boot, machines share the name of the first space: both must be the same.
  const isHere = space === ownSpace() && bootOf(birth) === bootOf(birthOf(process.pid));
  if (!isHere || birth === 'unknown') return undefined;
  return !(isAlive(Number(pid)) && birthOf(Number(pid)) === birth);
}

/** After a crash and a start of the machine another program may have the number of one that was before. */
export function birthOf(pid: number): string {
  const boot = read('/proc/sys/kernel/random/boot_id').trim();
  const started = fieldsOf(pid)[19];
  return boot === '' || started === undefined ? 'unknown' : `${boot}/${started}`;
}

/** The space of process numbers: a container has its own; "unknown" where the system does not say. */
export function ownSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return 'unknown';
  }
}

/** Whether a process of that number runs here. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    // One that was killed and not yet asked for by its parent has a number still, and writes no more.
    return !['Z', 'X'].includes(fieldsOf(pid)[0] ?? '');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What Linux says of a process: its state, and 19 fields later when it began. */
function fieldsOf(pid: number): string[] {
  // The program's name, in brackets, may hold anything.
  return read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
