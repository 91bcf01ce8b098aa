/** Reads the commits of a log of predictions from a place on, each proved by its seal. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Issue } from '../problem.js';
import { logFiles, parseSeal, sealHash, sealStart } from './prediction-seal.js';

/** A place behind a commit. */
export interface LogPlace {
  /** "" before the first. */
  readonly file: string;
  /** In bytes. */
  readonly offset: number;
  /** The hash of the commit; "" before the first. */
  readonly head: string;
}

/** One commit. */
export interface ReadCommit {
  /** The place behind it. */
  readonly end: LogPlace;
  /** Its records as they stand in the file; none where `issue` is there. */
  readonly lines: readonly string[];
  /** Why its records cannot be believed. */
  readonly issue?: Issue;
  /** False where it was not made after the one before, or what stood before is not there any more. */
  readonly follows: boolean;
}

/** The place before the first commit. */
export const logStart: LogPlace = { file: '', offset: 0, head: '' };

/** The commits from a place on that is in the log (`isPlace`), oldest first; what was not yet sealed is left out. */
export async function* readCommits(folder: string, from: LogPlace): AsyncGenerator<ReadCommit> {
  let { head } = from;
  for (const file of logFiles(folder).filter((name) => name >= from.file)) {
    const start = file === from.file ? from.offset : 0;
    let body: Buffer[] = [];
    for await (const { line, end } of linesOf(join(folder, file), start)) {
      if (!line.toString('latin1', 0, sealStart.length).startsWith(sealStart)) {
        body.push(line);
        continue;
      }
      const seal = parseSeal(line.toString());
      const bytes = Buffer.concat(body);
      const lines = body.map((one) => one.toString().slice(0, -1));
      body = [];
      const isWhole =
        seal !== undefined && seal.records === lines.length && seal.hash === (await sealHash(seal, bytes));
      const follows = seal?.previous === (head === '' ? seal?.previous : head);
      head = seal?.hash ?? head;
      const place = { file, offset: end, head };
      if (isWhole) yield { end: place, lines, follows };
      else {
        const what = `the commit that ends at byte ${end} is not what was sealed: its ${lines.length} predictions are left out`;
        const remedy = 'ask "alambique audit verify" what is wrong with the log';
        const issue = { code: 'store-log-altered', what, where: { file }, remedy };
        yield { end: place, lines: [], issue, follows };
      }
    }
  }
}

/**
 * Whether the place is in the log still. It is not where its file was replaced, or its end was taken back as the disk
 * refused it. A file that is gone has been removed after its time: the log goes on in the next one.
 */
export async function isPlace(folder: string, { file, offset, head }: LogPlace): Promise<boolean> {
  const path = join(folder, file);
  if (offset === 0 || !existsSync(path)) return true;
  if (statSync(path).size < offset) return false;
  // A seal is shorter.
  const start = Math.max(0, offset - 512);
  let last = '';
  for await (const chunk of createReadStream(path, { start, end: offset - 1 })) last += chunk as Buffer;
  const seal = last.endsWith('\n')
    ? parseSeal(last.slice(last.lastIndexOf('\n', last.length - 2) + 1))
    : undefined;
  return seal?.hash === head;
}

const lineFeed = 10;

/** The lines from a place on, each with its line feed and the place behind it; what stands after the last one is left out. */
async function* linesOf(path: string, start: number): AsyncGenerator<{ line: Buffer; end: number }> {
  let rest = Buffer.alloc(0);
  let end = start;
  for await (const chunk of createReadStream(path, { start, highWaterMark: 1 << 18 })) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    let from = 0;
    for (let at = bytes.indexOf(lineFeed, rest.length); at >= 0; at = bytes.indexOf(lineFeed, from)) {
      const line = bytes.subarray(from, at + 1);
      from = at + 1;
      end += line.length;
      yield { line, end };
    }
    rest = bytes.subarray(from);
  }
}
