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

/** A prediction as it comes to the log; `rowText` is its row as JSON on one line, where that is at hand. */
export type NewPrediction = PredictionRecord & { readonly rowText?: string };

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
  append(records: readonly NewPrediction[]): void;
  /** Why nothing can be taken now; undefined where all is well. */
  readonly stopped: string | undefined;
  /** Resolves once everything that was appended is on disk, or has failed to get there. */
  flush(): Promise<void>;
  /** Commits what is left and lets go of the folder. */
  close(): Promise<void>;
}

/** In bytes of waiting records: a disk that stands still must not fill the memory. */
const mostWaiting = 64 * 1024 * 1024;
/** A seal is shorter. */
const sealRoom = 512;
const retryMs = 1000;

/**
 * Opens the log of a folder and goes on where its chain ends. Records that a crash left unsealed were never committed:
 * they are cut off. Throws `store-folder-busy` where another process writes there.
 */
export async function openPredictionLog(options: PredictionLogOptions): Promise<PredictionLog> {
  const { folder, now, onFull, keepDays, commitMs = 50, onFailure } = options;
  mkdirSync(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  let {
    hash,
    file: name,
    size,
  } = await findSealed(folder).catch((error: unknown) => {
    unlock();
    throw error;
  });
  let file: FileHandle | undefined;
  /** Records of this turn that came one by one, to become lines once their answers are on their way. */
  const single: NewPrediction[] = [];
  let waiting = emptyBatch();
  let spare = emptyBatch();
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

  const write = async (batch: Batch): Promise<void> => {
    const next = sealHash({ previous: hash, lost }, batch.bytes.subarray(0, batch.used));
    const seal = formatSeal({ records: batch.records, lost, previous: hash, hash: next });
    const length = batch.used + batch.bytes.write(seal, batch.used);
    const handle = await today();
    try {
      for (let at = 0; at < length; ) at += (await handle.write(batch.bytes, at, length - at)).bytesWritten;
      await handle.datasync();
    } catch (error) {
      await handle.truncate(size).catch(() => undefined);
      throw error;
    }
    size += length;
    hash = next;
    lost = 0;
  };

  const addSingle = (): void => {
    for (const record of single) addLine(waiting, formatRecord(record));
    single.length = 0;
  };

  const commit = async (): Promise<void> => {
    addSingle();
    if (waiting.records === 0) return;
    const batch = waiting;
    waiting = spare;
    try {
      await write(batch);
      stopped = undefined;
    } catch (error) {
      if (onFull === 'stop') {
        stopped = `The log of predictions cannot be written: ${(error as Error).message}`;
        onFailure?.(error as Error, 0);
        for (const line of linesOf(waiting)) addLine(batch, line);
        waiting.used = waiting.records = 0;
        [waiting, spare] = [batch, waiting];
        schedule(retryMs);
        return;
      }
      const shorter = emptyBatch();
      for (const line of linesOf(batch)) addLine(shorter, withoutInputs(line));
      await write(shorter).catch(() => {
        lost += shorter.records;
      });
      onFailure?.(error as Error, shorter.records);
    }
    batch.used = batch.records = 0;
    spare = batch;
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
        const fits = waiting.used < mostWaiting;
        if (!fits && onFull === 'stop') {
          throw new Problem({ code: 'store-log-stopped', what: 'the disk is slower than the requests' });
        }
        if (!fits) refused++;
        else if (records.length === 1) {
          if (single.push(record) === 1) process.nextTick(addSingle);
        } else {
          addSingle();
          addLine(waiting, formatRecord(record));
        }
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

/** Lines on their way to the disk: bytes, since texts that wait would be moved about by every garbage collection. */
interface Batch {
  bytes: Buffer;
  used: number;
  records: number;
}

function emptyBatch(): Batch {
  return { bytes: Buffer.allocUnsafeSlow(64 * 1024), used: 0, records: 0 };
}

function addLine(batch: Batch, line: string): void {
  // In UTF-8 no character takes more than three bytes.
  const needed = batch.used + 3 * line.length + sealRoom;
  if (needed > batch.bytes.length) {
    const larger = Buffer.allocUnsafeSlow(2 * needed);
    batch.bytes.copy(larger, 0, 0, batch.used);
    batch.bytes = larger;
  }
  batch.used += batch.bytes.write(line, batch.used);
  batch.records++;
}

function linesOf({ bytes, used }: Batch): string[] {
  return bytes.toString('utf8', 0, used).split(/(?<=\n)/);
}

function formatRecord({ id, time, model, row, rowText, probability, decision }: NewPrediction): string {
  const inputs = rowText ?? (row && JSON.stringify(row));
  const shown = inputs === undefined ? '' : `"row":${inputs},`;
  return `{"id":${quote(id)},"time":"${time}","model":${quote(model)},${shown}"probability":${probability},"decision":${quote(decision)}}\n`;
}

/** As `JSON.stringify`, which takes longer to call than to look whether there is anything to escape. */
function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

const plain = /^[\w@.-]*$/;

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
