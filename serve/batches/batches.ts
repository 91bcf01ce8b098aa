/**
 * The batches of a service: taken in, scored one after another beside the event loop, kept for a while, and gone on with after a restart.
 * Long, because all of it acts on the same batches, queue and thread.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BatchManifest, lockFolder, Problem } from '../../src/serving.js';
import { newId } from '../ids.js';
import { Refusal } from '../problems.js';
import {
  type Batch,
  type BatchCounts,
  type Batches,
  type BatchesOptions,
  type BatchProgress,
  isOpen,
  type NewBatch,
} from './batch.js';
import {
  type BatchPlace,
  batchPlace,
  bytesOf,
  keepBatch,
  makePlace,
  readBatches,
  removeFiles,
} from './batch-folder.js';
import { BatchFailure, openBatchThread, readManifest } from './batch-thread.js';
import { type Received, receiveBody } from './receive-body.js';

/** Batches at once that are not done, and kept ones, of each study; uploads at once of all. */
const [mostOpen, mostKept, mostUploads] = [20, 200, 8];
/** All files of a study together, in times of the largest batch. */
const timesLargest = 20;
const dayMs = 86_400_000;
const cleanMs = 600_000;
/** How long it waits where nothing can be written. */
const retryMs = 10_000;

/** Opens the batches of these studies; those that a restart interrupted go on. Throws `store-folder-busy` as the log does. */
export async function openBatches(studies: readonly string[], options: BatchesOptions): Promise<Batches> {
  const { now, mostBytes, keepDays } = options;
  const thread = openBatchThread(options.models);
  const known = new Map<string, Map<string, Batch>>(studies.map((study) => [study, new Map()]));
  const progress = new Map<string, BatchProgress>();
  /** Results that are being written in their other format, by path. */
  const conversions = new Map<string, Promise<void>>();
  const locks = new Map<string, Promise<() => void>>();
  /** Those to be scored, the oldest first. */
  const queue: Batch[] = [];
  let running:
    | { readonly id: string; readonly abort: AbortController; readonly ended: Promise<void> }
    | undefined;
  const listeners: ((batch: Batch, seconds: number) => void)[] = [];
  let uploads = 0;
  let closed = false;

  const folderOf = (study: string): string => join(options.folder, study);
  const placeOf = (batch: Batch): BatchPlace => batchPlace(folderOf(batch.study), batch);
  const ofStudy = (study: string): Map<string, Batch> => known.get(study) ?? new Map<string, Batch>();
  const keep = (batch: Batch): Batch => {
    keepBatch(folderOf(batch.study), batch);
    ofStudy(batch.study).set(batch.id, batch);
    return batch;
  };
  const lock = (study: string): Promise<() => void> => {
    const held = locks.get(study) ?? lockFolder(folderOf(study));
    locks.set(study, held);
    held.catch(() => locks.delete(study));
    return held;
  };

  const end = (batch: Batch, ended: Partial<Batch> & Pick<Batch, 'state'>): Batch => {
    progress.delete(batch.id);
    const kept: Batch = { ...batch, ...ended, ended: now().toISOString() };
    try {
      keep(kept);
    } catch (error) {
      // Known so until a restart, which takes it for done where its manifest is there.
      ofStudy(kept.study).set(kept.id, kept);
      options.onFault?.(kept, error);
    }
    rmSync(placeOf(kept).input, { force: true });
    const since = Date.parse(batch.started ?? batch.created);
    for (const listener of listeners) listener(kept, Math.max(0, now().getTime() - since) / 1000);
    return kept;
  };

  const score = async (batch: Batch, signal: AbortSignal): Promise<Batch | undefined> => {
    const { input: received, output, manifest } = placeOf(batch);
    const input = batch.input.source ?? received;
    const { options: its, model } = batch;
    const { warnings: showWarnings, allowConstant, choose, dialect, keep: kept } = its;
    try {
      const done = await thread.score(
        {
          ...{ model, input, output },
          options: { showWarnings, allowConstant, choose, dialect, keep: kept, mostBytes },
        },
        { signal, onProgress: (one) => progress.set(batch.id, one) },
      );
      return end(batch, doneBy(batch, done ?? readManifest(manifest)!));
    } catch (error) {
      if (closed) return undefined;
      if (signal.aborted) {
        removeFiles(placeOf(batch));
        return end(batch, { state: 'cancelled' });
      }
      if (error instanceof BatchFailure) return end(batch, { state: 'failed', errors: error.errors });
      options.onFault?.(batch, error);
      const detail = 'Something went wrong here, not with what you sent. The log says what.';
      return end(batch, { state: 'failed', errors: [{ pointer: '', code: 'batch-fault', detail }] });
    }
  };

  /** Scores what waits, one after the other. */
  const next = (): void => {
    if (running || closed) return;
    const batch = queue.shift();
    if (batch === undefined) return;
    let started: Batch;
    try {
      started = keep({ ...batch, state: 'running', started: batch.started ?? now().toISOString() });
    } catch (error) {
      options.onFault?.(batch, error);
      queue.push(batch);
      setTimeout(next, retryMs).unref();
      return;
    }
    const abort = new AbortController();
    const work = (): Promise<Batch | undefined> => score(started, abort.signal);
    const ended = (options.record ? options.record(started, work) : work())
      .then(() => undefined)
      .catch((error: unknown) => options.onFault?.(started, error))
      .finally(() => {
        running = undefined;
        next();
      });
    running = { id: batch.id, abort, ended };
  };

  const clean = (): void => {
    for (const batches of known.values()) {
      const ended = [...batches.values()].filter((batch) => !isOpen(batch));
      const surplus = Math.max(0, ended.length - mostKept);
      for (const [i, batch] of ended.entries()) {
        const isOld = now().getTime() - Date.parse(batch.ended ?? batch.created) > keepDays * dayMs;
        if (!isOld && i >= surplus) continue;
        batches.delete(batch.id);
        rmSync(placeOf(batch).folder, { recursive: true, force: true });
      }
    }
  };

  const refuseMore = (study: string): void => {
    const all = [...ofStudy(study).values()];
    const later = { headers: { 'retry-after': '10' } };
    if (uploads >= mostUploads)
      throw new Refusal(429, 'Too many files are being sent at once; try again.', later);
    if (all.filter(isOpen).length >= mostOpen)
      throw new Refusal(429, `${mostOpen} batches wait already; try again when some are done.`, later);
    const taken = all.reduce((sum, batch) => sum + bytesOf(placeOf(batch)), 0);
    if (taken > timesLargest * mostBytes)
      throw new Refusal(429, 'The batches that are kept take too much room; DELETE some of them.', later);
  };

  /** The batch that came before under this idempotency key. Throws a `Refusal` (422) where it was another request. */
  const sameAs = (
    { study, caller, idempotencyKey, options: its, format, source }: NewBatch,
    sha256: string | undefined,
  ): Batch | undefined => {
    if (idempotencyKey === undefined) return undefined;
    const before = [...ofStudy(study).values()].find(
      (one) => one.idempotencyKey === idempotencyKey && one.caller === caller,
    );
    if (before === undefined) return undefined;
    const isSame =
      before.input.source === source &&
      (source !== undefined || before.input.sha256 === sha256) &&
      before.input.format === format &&
      JSON.stringify(before.options) === JSON.stringify(its);
    if (isSame) return before;
    throw new Refusal(
      422,
      'This idempotency key came with another request before; take a new key for a new batch.',
    );
  };

  for (const study of studies) {
    if (!existsSync(folderOf(study))) continue;
    await lock(study);
    for (const batch of readBatches(folderOf(study))) {
      const done = isOpen(batch) ? readManifest(placeOf(batch).manifest) : undefined;
      const found: Batch = isOpen(batch) ? { ...batch, state: 'waiting' } : batch;
      ofStudy(study).set(batch.id, found);
      if (done) end(batch, doneBy(batch, done));
      else if (isOpen(batch)) queue.push(found);
    }
  }
  queue.sort((a, b) => (a.id < b.id ? -1 : 1));
  clean();
  const cleaning = setInterval(clean, cleanMs);
  cleaning.unref();
  next();

  return {
    async take(request, { format, source, ...batch }) {
      refuseMore(batch.study);
      const id = newId(now().getTime());
      const place = batchPlace(folderOf(batch.study), { id, input: { format } });
      uploads++;
      try {
        makePlace(place);
        await lock(batch.study);
        const received: Received | { source: string } =
          source === undefined
            ? await receiveBody(request, { path: place.input, most: mostBytes })
            : { source };
        const same = sameAs({ format, source, ...batch }, 'sha256' in received ? received.sha256 : undefined);
        if (same) {
          rmSync(place.folder, { recursive: true, force: true });
          return same;
        }
        const created = now().toISOString();
        const taken = keep({ ...batch, id, state: 'waiting', created, input: { format, ...received } });
        queue.push(taken);
        next();
        return ofStudy(batch.study).get(id)!;
      } catch (error) {
        rmSync(place.folder, { recursive: true, force: true });
        if (error instanceof Problem) throw laterRefusal(`No batch can be kept here. ${error.message}`);
        if (!isOfSystem(error)) throw error;
        options.onFault?.({ study: batch.study, id }, error);
        throw laterRefusal('No batch can be kept here. The log says why.');
      } finally {
        uploads--;
      }
    },
    find: (study, id) => ofStudy(study).get(id),
    list: (study) => [...ofStudy(study).values()].reverse(),
    progress: ({ id }) => progress.get(id),
    expires: ({ ended }) =>
      ended === undefined ? undefined : new Date(Date.parse(ended) + keepDays * dayMs),
    async remove(batch) {
      const { id, study } = batch;
      if (running?.id === id) {
        running.abort.abort();
        await running.ended;
      } else if (isOpen(batch)) {
        queue.splice(
          queue.findIndex((one) => one.id === id),
          1,
        );
        removeFiles(placeOf(batch));
        end(batch, { state: 'cancelled' });
      }
      const left = ofStudy(study).get(id) ?? batch;
      if (left.state !== 'done' && left.state !== 'failed') return left;
      const { result } = placeOf(left);
      // From here on nobody is given its files; they go before it is written down, which may need the room.
      const removed: Batch = { ...left, state: 'removed' };
      ofStudy(study).set(id, removed);
      await Promise.allSettled([conversions.get(result('csv')), conversions.get(result('ndjson'))]);
      removeFiles(placeOf(left));
      return keep(removed);
    },
    async result(batch, format) {
      const { output, result } = placeOf(batch);
      if (!existsSync(output)) return undefined;
      const path = result(format);
      if (existsSync(path)) return path;
      const { dialect, warnings: showWarnings } = batch.options;
      // Two who ask at once wait for the same file.
      const making =
        conversions.get(path) ??
        thread
          .convert({ model: batch.model, from: output, to: path, format, dialect, showWarnings })
          .catch((error: unknown) => {
            if (!isOfSystem(error)) throw error;
            options.onFault?.(batch, error);
            throw laterRefusal(`The result cannot be written as ${format} here. The log says why.`);
          })
          .finally(() => conversions.delete(path));
      conversions.set(path, making);
      await making;
      return path;
    },
    rejects(batch) {
      const { rejects } = placeOf(batch);
      return existsSync(rejects) ? rejects : undefined;
    },
    onEnd: (listener) => void listeners.push(listener),
    async close() {
      closed = true;
      clearInterval(cleaning);
      await thread.close();
      await running?.ended;
      for (const release of await Promise.allSettled(locks.values()))
        if (release.status === 'fulfilled') release.value();
    },
  };
}

/** Whether the system refuses, as on a full disk. */
function isOfSystem(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}

function laterRefusal(why: string): Refusal {
  return new Refusal(503, why, { headers: { 'retry-after': '60' } });
}

function doneBy(
  batch: Batch,
  { rows, scored, rejected, acted, input, output }: BatchManifest,
): Partial<Batch> & Pick<Batch, 'state'> {
  const counts: BatchCounts = { rows, scored, rejected, acted };
  const { bytes, sha256 } = input;
  return {
    state: 'done',
    counts,
    outputSha256: output.sha256,
    ...(batch.input.source !== undefined && { input: { ...batch.input, bytes, sha256 } }),
  };
}
