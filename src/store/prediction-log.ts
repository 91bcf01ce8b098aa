/** Keeps every prediction: daily files of JSON lines, committed in groups, each commit sealed into a chain of hashes. */
import { Problem } from '../problem.js';
import { filePersonKeys, keysFolder } from './file-person-keys.js';
import type { PersonKeys } from './person-keys.js';
import { PredictionBatch } from './prediction-batch.js';
import { formatRecord, type NewPrediction, withoutInputs } from './prediction-record.js';
import { openWriter, type WriterOptions } from './prediction-writer.js';

/** What to do where the disk takes no more: go on without the inputs, or take no more requests. */
export type OnFullDisk = 'drop-inputs' | 'stop';

export interface PredictionLogOptions extends WriterOptions {
  readonly onFull: OnFullDisk;
  /** The longest that a prediction waits for its commit; by default 50 ms. */
  readonly commitMs?: number;
  /** How often old days are looked for; by default every hour. */
  readonly sweepMs?: number;
}

/** An open log; one process writes it. */
export interface PredictionLog {
  /** Takes records at once; they are on disk by the next commit. Throws `store-log-stopped` where they cannot be. */
  append(records: readonly NewPrediction[]): void;
  /** Why nothing can be taken now; undefined where all is well. */
  readonly stopped: string | undefined;
  /** The keys that predictions about persons are sealed with. */
  readonly keys: PersonKeys;
  /** Resolves once everything that was appended is on disk, or has failed to get there. */
  flush(): Promise<void>;
  /** Commits what is left and lets go of the folder. */
  close(): Promise<void>;
}

/** In bytes of waiting records: a disk that stands still must not fill the memory. */
const mostWaiting = 64 * 1024 * 1024;
const retryMs = 1000;
const hourMs = 3_600_000;

/**
 * Opens the log of a folder and goes on where its chain ends. Records that a crash left unsealed were never committed:
 * they are cut off. Throws `store-folder-busy` where another process writes there, `store-folder` where it cannot be written.
 */
export async function openPredictionLog(options: PredictionLogOptions): Promise<PredictionLog> {
  const { folder, now, onFull, commitMs = 50, sweepMs = hourMs, onFailure } = options;
  const keys = filePersonKeys(keysFolder(folder));
  const { unlock, writer } = await openWriter(options, keys);
  /** Records of this turn that came one by one, to become lines once their answers are on their way. */
  const single: NewPrediction[] = [];
  let waiting = new PredictionBatch();
  let spare = new PredictionBatch();
  let stopped: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  const add = (record: NewPrediction): void => {
    try {
      waiting.add(formatRecord(record, keys));
    } catch (error) {
      // The keys of persons cannot be read: what is about persons cannot be kept.
      writer.lose(1);
      onFailure?.(error as Error, 1);
    }
  };
  const addSingle = (): void => {
    for (const record of single) add(record);
    single.length = 0;
  };

  const commit = async (): Promise<void> => {
    addSingle();
    if (waiting.records === 0) return;
    const batch = waiting;
    waiting = spare;
    try {
      await writer.write(batch);
      stopped = undefined;
    } catch (error) {
      if (onFull === 'stop') {
        stopped = `The log of predictions cannot be written: ${(error as Error).message}`;
        onFailure?.(error as Error, 0);
        for (const line of waiting.lines()) batch.add(line);
        waiting.reset();
        [waiting, spare] = [batch, waiting];
        schedule(retryMs);
        return;
      }
      const shorter = new PredictionBatch();
      for (const line of batch.lines()) shorter.add(withoutInputs(line, keys));
      await writer.write(shorter).catch(() => writer.lose(shorter.records));
      onFailure?.(error as Error, shorter.records);
    }
    batch.reset();
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
  const sweep = (): void => {
    try {
      writer.sweep(now());
    } catch (error) {
      onFailure?.(error as Error, 0);
    }
  };
  // An idle service must not keep for ever what it promised to remove.
  const sweeping = setInterval(sweep, sweepMs);
  sweeping.unref();
  sweep();

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
          add(record);
        }
      }
      if (refused > 0) {
        writer.lose(refused);
        onFailure?.(new Error('The disk is slower than the requests.'), refused);
      }
      schedule(commitMs);
    },
    get stopped() {
      return stopped;
    },
    keys,
    flush: run,
    async close() {
      await run();
      clearTimeout(timer);
      clearInterval(sweeping);
      await writer.close();
      unlock();
    },
  };
}
