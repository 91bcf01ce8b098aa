/** The chain of a log of predictions: what a seal says, how it is reckoned, and where the last one stands. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The end of a commit: how many records it holds, and the hash that covers them and all before. */
export interface Seal {
  readonly records: number;
  /** Predictions since the last commit that could not be kept at all. */
  readonly lost: number;
  readonly previous: string;
  readonly hash: string;
}

/** What a day's file is called. */
export const logFilePattern: RegExp = /^\d{4}-\d{2}-\d{2}\.ndjson$/;

/** The hash before the first commit. */
export const nothingYet: string = '0'.repeat(64);

/** No record begins so, and inside a line there is no line feed. */
export const sealStart = '{"seal":';

/** In bytes: what is hashed in one turn of the event loop, which takes a millisecond or two. */
const turnBytes = 1 << 20;

/** SHA-256 of the hash before, a line feed, the commit's lines as they stand in the file, and how many were lost. */
export async function sealHash(
  { previous, lost }: Pick<Seal, 'previous' | 'lost'>,
  body: Uint8Array,
): Promise<string> {
  const hash = createHash('sha256').update(`${previous}\n`);
  for (let at = 0; at < body.length; at += turnBytes) {
    if (at > 0) await nextTurn();
    hash.update(body.subarray(at, at + turnBytes));
  }
  return hash.update(`${lost}\n`).digest('hex');
}

export function formatSeal(seal: Seal): string {
  return `${sealStart}${JSON.stringify(seal)}}\n`;
}

/** The seal of a line; undefined where it is none. */
export function parseSeal(line: string): Seal | undefined {
  if (!line.startsWith(sealStart)) return undefined;
  try {
    const { seal } = JSON.parse(line) as { seal?: Partial<Seal> };
    const whole = typeof seal?.hash === 'string' && typeof seal.previous === 'string';
    return whole && Number.isInteger(seal.records) && Number.isInteger(seal.lost)
      ? (seal as Seal)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The days' files of a folder, oldest first. */
export function logFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => logFilePattern.test(name))
    .sort();
}

/** Where a chain ends. */
export interface SealedEnd {
  readonly hash: string;
  /** The file of the last seal, and its size up to that seal; undefined where nothing was ever committed. */
  readonly file: string | undefined;
  readonly size: number;
}

/** In bytes: a log that was closed ends with its seal; one that was cut off may hold what came in one commit's time after it. */
const firstBlock = 1 << 14;
const largestBlock = 1 << 20;

/** The end of the chain in a folder, found from the end of its last file backwards. */
export async function findSealed(folder: string): Promise<SealedEnd> {
  const files = logFiles(folder);
  for (const name of files.reverse()) {
    const handle = await open(join(folder, name), 'r');
    try {
      const { size } = await handle.stat();
      let tail = Buffer.alloc(0);
      for (let from = size, most = firstBlock; from > 0; most = Math.min(4 * most, largestBlock)) {
        const start = Math.max(0, from - most);
        tail = Buffer.concat([await readAt(handle, start, from - start), tail]);
        const found = lastSeal(tail);
        if (found) return { hash: found.hash, file: name, size: start + found.end };
        from = start;
      }
    } finally {
      await handle.close();
    }
    // A file without a seal holds nothing that was committed; it is the first that a crash left.
    if (files.length === 1) return { hash: nothingYet, file: name, size: 0 };
  }
  return { hash: nothingYet, file: files[0], size: 0 };
}

/** Up to `length` bytes of a file from this place on. */
export async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(bytes, 0, length, from);
  return bytes.subarray(0, bytesRead);
}

/** The last seal in bytes that end where a file does, or a block of it, and the place behind it. */
function lastSeal(bytes: Buffer): { hash: string; end: number } | undefined {
  // In Latin-1 a character is a byte; what a seal says is ASCII.
  const lines = bytes.toString('latin1').split('\n');
  let end = bytes.length - lines.pop()!.length;
  for (const line of lines.reverse()) {
    const seal = parseSeal(line);
    if (seal) return { hash: seal.hash, end };
    end -= line.length + 1;
  }
  return undefined;
}
