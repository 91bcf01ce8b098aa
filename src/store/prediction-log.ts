/** Keeps every prediction: daily files of JSON lines, committed in groups, each commit sealed into a chain of hashes. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import { lockFolder } from './folder-lock.js';
import { findSealed, formatSeal, logFilePattern, sealHash } from './prediction-seal.js';

/** One prediction as it is kept. */
export interface PredictionRecord {
  readonly id: string;
  /** When it was made, in ISO 8601. */
  readonly time: string;
  /** Study and version of the model. */
  readonly model: string;
  /** What was asked; absent where the disk was too full to keep it. */
  readonly row?: Readonly<Record<string, unknown>>;
  readonly probability: number;
  readonly decision: string;
}

/** What to do where the disk takes no more: go on without the inputs, or take no more requests. */
export type OnFullDisk = 'drop-inputs' | 'stop';

export interface PredictionLogOptions {
  readonly folder: string;
  readonly now: () => Date;
  readonly onFull: OnFullDisk;
  /** Files of days before this many are removed; all are kept where absent. */
  readonly keepDays?: number;
  /** The longest that a prediction waits for its commit; by default 50 ms. */
  readonly commitMs?: number;
  /** Told of every commit that failed, and of how many predictions lost their inputs (or themselves) by it. */
  readonly onFailure?: (error: Error, hurt: number) => void;
}

/** An open log; one process writes it. */
export interface PredictionLog {
  /** Takes records at once; they are on disk by the next commit. Throws `store-log-stopped` where they cannot be. */
  append(records: readonly PredictionRecord[]): void;
  /** Why nothing can be taken now; undefined where all is well. */
  readonly stopped: string | undefined;
  /** Resolves once everything that was appended is on disk, or has failed to get there. */
  flush(): Promise<void>;
  /** Commits what is left and lets go of the folder. */
  close(): Promise<void>;
}

/** In characters of waiting records: a disk that stands still must not fill the memory. */
const mostWaiting = 64 * 1024 * 1024;
const retryMs = 1000;

/**
 * Opens the log of a folder and goes on where its chain ends. Records that a crash left unsealed were never committed:
 * they are cut off. Throws `store-folder-busy` where another process writes there.
 */
export async function openPredictionLog(options: PredictionLogOptions): Promise<PredictionLog> {
  const { folder, now, onFull, keepDays, commitMs = 50, onFailure } = options;
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(folder);
  let {
    hash,
    file: name,
    size,
  } = await findSealed(folder).catch((error: unknown) => {
    unlock();
    throw error;
  });
  let file: FileHandle | undefined;
  let waiting: string[] = [];
  let characters = 0;
  let lost = 0;
  let stopped: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  if (name !== undefined) await truncate(join(folder, name), size);

  const today = async (): Promise<FileHandle> => {
    const wanted = `${now().toISOString().slice(0, 10)}.ndjson`;
    // The clock may go back over midnight; the chain goes on in the later file.
    if (file && name !== undefined && wanted <= name) return file;
    await file?.close();
    if (name === undefined || wanted > name) {
      name = wanted;
      size = 0;
      if (keepDays !== undefined) removeBefore(folder, new Date(now().getTime() - keepDays * 86_400_000));
    }
    file = await open(join(folder, name), 'a');
    return file;
  };

  const write = async (lines: readonly string[]): Promise<void> => {
    const body = lines.join('');
    const next = sealHash(hash, body);
    const seal = formatSeal({ records: lines.length, lost, previous: hash, hash: next });
    const handle = await today();
    const bytes = Buffer.from(body + seal);
    try {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
      await handle.datasync();
    } catch (error) {
      await handle.truncate(size).catch(() => undefined);
      throw error;
    }
    size += bytes.length;
    hash = next;
    lost = 0;
  };

  const commit = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    characters = 0;
    try {
      await write(batch);
      stopped = undefined;
    } catch (error) {
      if (onFull === 'stop') {
        stopped = `The log of predictions cannot be written: ${(error as Error).message}`;
        onFailure?.(error as Error, 0);
        waiting = [...batch, ...waiting];
        schedule(retryMs);
        return;
      }
      await write(batch.map(withoutInputs)).catch(() => {
        lost += batch.length;
      });
      onFailure?.(error as Error, batch.length);
    }
  };

  const run = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    last = last.then(commit);
    return last;
  };
  const schedule = (delay: number): void => {
    timer ??= setTimeout(run, delay);
  };

  return {
    append(records) {
      if (stopped !== undefined) throw new Problem({ code: 'store-log-stopped', what: stopped });
      let refused = 0;
      for (const record of records) {
        const line = `${JSON.stringify(record)}\n`;
        const taken = characters + line.length <= mostWaiting;
        if (!taken && onFull === 'stop') {
          throw new Problem({ code: 'store-log-stopped', what: 'the disk is slower than the requests' });
        }
        if (taken) waiting.push(line);
        else refused++;
        characters += taken ? line.length : 0;
      }
      lost += refused;
      if (refused > 0) onFailure?.(new Error('The disk is slower than the requests.'), refused);
      schedule(commitMs);
    },
    get stopped() {
      return stopped;
    },
    flush: run,
    async close() {
      await run();
      clearTimeout(timer);
      await file?.close();
      unlock();
    },
  };
}

function withoutInputs(line: string): string {
  const { row: _, ...rest } = JSON.parse(line) as PredictionRecord;
  return `${JSON.stringify(rest)}\n`;
}

function removeBefore(folder: string, day: Date): void {
  const first = day.toISOString().slice(0, 10);
  for (const name of readdirSync(folder)) {
    if (logFilePattern.test(name) && name.slice(0, 10) < first) rmSync(join(folder, name));
  }
}

async function truncate(path: string, size: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(size);
  } finally {
    await handle.close();
  }
}
