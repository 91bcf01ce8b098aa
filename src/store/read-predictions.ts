/** Reads a log of predictions: proves its chain, and finds a prediction by its id. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issue } from '../problem.js';
import { filePersonKeys, keysFolder } from './file-person-keys.js';
import type { PersonKeys } from './person-keys.js';
import { type ErasedRecord, type PredictionRecord, parseRecord } from './prediction-record.js';
import { logFiles, nothingYet, parseSeal, readAt, sealStart } from './prediction-seal.js';

/** What a log holds, and what is wrong with it. */
export interface LogVerdict {
  readonly files: number;
  readonly commits: number;
  readonly records: number;
  /** Predictions that the log says it could not keep. */
  readonly lost: number;
  /** Records after the last seal: a crash came before their commit. */
  readonly uncommitted: number;
  /** Records that nobody can read any more, as their persons asked. */
  readonly erased: number;
  /** True where the chain begins at its first commit; false where earlier days were removed. */
  readonly whole: boolean;
  /** The hash of the last commit. Noted elsewhere, it also proves that nothing was cut off the end. */
  readonly head: string;
  readonly issues: readonly Issue[];
}

/**
 * Follows the chain of a folder's files from the oldest to the last. Memory does not grow with the log. Where there is no
 * log there is nothing to prove, and that is an issue.
 */
export async function verifyPredictions(folder: string): Promise<LogVerdict> {
  const files = existsSync(folder) ? logFiles(folder) : [];
  const keys = filePersonKeys(keysFolder(folder));
  const issues: Issue[] = [];
  if (files.length === 0) {
    const remedy = 'name the study whose predictions were kept, or the folder that ALAMBIQUE_AUDIT said';
    issues.push({
      code: 'store-no-log',
      what: 'there is no log of predictions',
      where: { file: folder },
      remedy,
    });
  }
  let [erased, keyless] = [0, 0];
  let head: string | undefined;
  let whole = true;
  let [commits, records, lost, uncommitted] = [0, 0, 0, 0];
  for (const [index, file] of files.entries()) {
    let body = commitAfter(head);
    let [line, inCommit] = [0, 0];
    for await (const text of linesOf(join(folder, file))) {
      line++;
      if (!text.startsWith(sealStart)) {
        body.update(`${text}\n`);
        inCommit++;
        const person = personOf(text);
        if (person !== undefined && !keys.find(person)) {
          if (keys.isForgotten(person)) erased++;
          else keyless++;
        }
        continue;
      }
      const seal = parseSeal(text);
      const where = { file, line };
      if (!seal) issues.push({ code: 'store-log-seal', what: 'the seal cannot be read', where });
      else {
        if (head === undefined) {
          // The first commit of a log whose earlier days are gone cannot be reckoned before its seal is read.
          whole = seal.previous === nothingYet;
          const again = commitAfter(seal.previous);
          let left = inCommit;
          for await (const first of linesOf(join(folder, file))) {
            if (left-- <= 0) break;
            again.update(`${first}\n`);
          }
          body = again;
        } else if (seal.previous !== head) {
          const what = 'the chain is broken: what stood before is not what this commit was made after';
          issues.push({ code: 'store-log-chain', what, where });
        }
        body.update(`${seal.lost}\n`);
        if (body.digest('hex') !== seal.hash || seal.records !== inCommit) {
          const what = `the commit that ends here is not what was sealed (${inCommit} records, ${seal.records} sealed)`;
          issues.push({ code: 'store-log-altered', what, where });
        }
        head = seal.hash;
        lost += seal.lost;
        records += inCommit;
        commits++;
      }
      body = commitAfter(head);
      inCommit = 0;
    }
    if (inCommit > 0 && index < files.length - 1) {
      const what = `${inCommit} records at the end of the file were never sealed, yet later days were`;
      issues.push({ code: 'store-log-unsealed', what, where: { file } });
    }
    uncommitted += inCommit;
  }
  if (keyless > 0) {
    const what = `${keyless} records are sealed with keys that are not here, though nobody asked to erase them`;
    const remedy = 'restore the keys from a copy';
    issues.push({ code: 'store-log-keys', what, where: { file: keysFolder(folder) }, remedy });
  }
  return {
    files: files.length,
    commits,
    records,
    lost,
    uncommitted,
    erased,
    whole,
    head: head ?? nothingYet,
    issues,
  };
}

/** The hash of a commit, begun with that of the one before. */
function commitAfter(head: string | undefined): Hash {
  return createHash('sha256').update(`${head ?? ''}\n`);
}

/** How many records of a log are sealed with the key of that name. */
export async function countSealed(folder: string, key: string): Promise<number> {
  let count = 0;
  for (const file of existsSync(folder) ? logFiles(folder) : []) {
    for await (const text of linesOf(join(folder, file))) if (personOf(text) === key) count++;
  }
  return count;
}

/** The name of the key that a record is sealed with. Its own columns stand inside the seal, and so cannot be mistaken for it. */
function personOf(line: string): string | undefined {
  return /^\{"id":"(?:[^"\\]|\\.)*","time":"[^"]*","model":"(?:[^"\\]|\\.)*"(?:,"caller":"(?:[^"\\]|\\.)*")?,"person":"([0-9a-f]+)","sealed":/.exec(
    line,
  )?.[1];
}

/** How far the clock may have gone back while a log was written, in milliseconds. */
const mostBack = 60_000;
const blockSize = 1 << 20;
const lineFeed = Buffer.from('\n');

/**
 * The prediction of that id, made at `time`; undefined where it is not kept. Its place in the file is found by halving,
 * so that a log of gigabytes is not read for it; one made while the clock was set back by more than a minute may be missed.
 */
export async function findPrediction(
  folder: string,
  { id, time, keys = filePersonKeys(keysFolder(folder)) }: { id: string; time: Date; keys?: PersonKeys },
): Promise<PredictionRecord | ErasedRecord | undefined> {
  if (!existsSync(folder)) return undefined;
  const day = `${time.toISOString().slice(0, 10)}.ndjson`;
  // Committed shortly after midnight, a prediction stands in the next day's file.
  for (const file of logFiles(folder)
    .filter((name) => name >= day)
    .slice(0, 2)) {
    const line = await findLine(join(folder, file), `{"id":${JSON.stringify(id)},`, time.getTime());
    if (line !== undefined) return parseRecord(line, keys);
  }
  return undefined;
}

/** The line that starts so, of a record made at `time`. */
async function findLine(path: string, start: string, time: number): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    let low = 0;
    for (let high = (await file.stat()).size; high - low > blockSize; ) {
      const middle = Math.floor((low + high) / 2);
      const record = secondRecord(await readAt(file, middle, blockSize));
      // What stands after the record that is looked for was made a minute before it at the earliest.
      if (record && record.time < time - mostBack) low = middle + record.at;
      else high = middle;
    }
    let rest = Buffer.alloc(0);
    for (let from = low; ; from += blockSize) {
      const block = await readAt(file, from, blockSize);
      const bytes = Buffer.concat([lineFeed, rest, block]);
      // A column may be called "id", too, but it begins no line.
      const at = bytes.indexOf(`\n${start}`) + 1;
      const end = bytes.indexOf(lineFeed, at);
      if (at > 0 && end > 0) return bytes.toString('utf8', at, end);
      const record = secondRecord(bytes);
      if (block.length === 0 || (record && record.time > time + mostBack)) return undefined;
      rest = bytes.subarray(bytes.lastIndexOf(lineFeed) + 1);
    }
  } finally {
    await file.close();
  }
}

/** The first record that begins after a line feed: where it begins, and when it was made, in milliseconds since 1970. */
function secondRecord(bytes: Buffer): { at: number; time: number } | undefined {
  // In Latin-1 a character is a byte.
  const found = /\n\{"id":"(?:[^"\\]|\\.)*","time":"([^"]+)"/.exec(bytes.toString('latin1'));
  return found ? { at: found.index + 1, time: Date.parse(found[1]!) } : undefined;
}

/** Lines by their line feeds alone: `node:readline` also breaks at U+2028, which JSON may hold as it is. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}
