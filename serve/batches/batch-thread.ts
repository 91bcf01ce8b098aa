/** The thread in which batches are scored, so that the event loop stays free; it starts at the first of them. */
import { existsSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { isMainThread, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import {
  type Artefact,
  type BatchManifest,
  type ConvertOptions,
  convertResult,
  type Dialect,
  type Issue,
  loadArtefact,
  Problem,
  type ScoreBatchOptions,
  scoreBatch,
} from '../../src/serving.js';
import { type ProblemEntry, problemEntries } from '../problems.js';
import type { BatchProgress } from './batch.js';

/** What is to be scored. */
export interface ScoreTask {
  /** Study and version. */
  readonly model: string;
  readonly input: string;
  readonly output: string;
  readonly options: Pick<
    ScoreBatchOptions,
    'choose' | 'keep' | 'dialect' | 'showWarnings' | 'allowConstant' | 'mostBytes'
  >;
}

/** What is to be written in another format. */
export interface ConvertTask extends ConvertOptions {
  readonly model: string;
}

/** Thrown where a batch cannot be scored, for reasons that its sender can mend. */
export class BatchFailure extends Error {
  readonly errors: readonly ProblemEntry[];

  constructor(errors: readonly ProblemEntry[]) {
    super(errors.map(({ detail }) => detail).join('\n'));
    this.name = 'BatchFailure';
    this.errors = errors;
  }
}

/** One thread, for all batches. */
export interface BatchThread {
  /** Rejects with a `BatchFailure`, and where the signal says so with its reason; any other error is a fault. */
  score(
    task: ScoreTask,
    options: { signal: AbortSignal; onProgress: (progress: BatchProgress) => void },
  ): Promise<BatchManifest>;
  convert(task: ConvertTask): Promise<void>;
  close(): Promise<void>;
}

type Sent =
  | { readonly number: number; readonly score: ScoreTask }
  | { readonly number: number; readonly convert: ConvertTask }
  | { readonly cancel: number };

type Returned = { readonly number: number } & (
  | { readonly progress: BatchProgress }
  | { readonly done: BatchManifest | null }
  | { readonly failed: readonly ProblemEntry[] }
  /** `syscall` where the system refuses, as on a full disk. */
  | { readonly fault: string; readonly syscall?: string }
);

/** What the thread is told at its start. */
interface Told {
  readonly batchModels: string;
}

interface Waiting {
  readonly onProgress?: (progress: BatchProgress) => void;
  resolve(done: BatchManifest | null): void;
  reject(error: unknown): void;
}

/** As `nice` counts: a third of the processor time of what is not held back. */
const batchPriority = 5;

/** How often progress is told, in milliseconds. */
const tellMs = 200;

/** A thread that takes its models from this folder. */
export function openBatchThread(models: string): BatchThread {
  let worker: Worker | undefined;
  let last = 0;
  const waiting = new Map<number, Waiting>();

  const start = (): Worker => {
    const started = new Worker(new URL(import.meta.url), {
      workerData: { batchModels: models } satisfies Told,
    });
    started.unref();
    started.on('message', (returned: Returned) => {
      const task = waiting.get(returned.number);
      if ('progress' in returned) {
        task?.onProgress?.(returned.progress);
        return;
      }
      waiting.delete(returned.number);
      if ('done' in returned) task?.resolve(returned.done);
      else if ('failed' in returned) task?.reject(new BatchFailure(returned.failed));
      else task?.reject(Object.assign(new Error(returned.fault), { syscall: returned.syscall }));
    });
    const fail = (error: Error): void => {
      if (worker === started) worker = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('error', fail);
    started.on('exit', () => fail(new Error('The thread that scores batches has ended.')));
    return started;
  };

  const send = (task: { score: ScoreTask } | { convert: ConvertTask }, to: Waiting): number => {
    worker ??= start();
    const number = ++last;
    waiting.set(number, to);
    worker.postMessage({ number, ...task } satisfies Sent);
    return number;
  };

  return {
    score: (task, { signal, onProgress }) =>
      new Promise((resolve, reject) => {
        const number = send(
          { score: task },
          { onProgress, resolve: (done) => resolve(done as BatchManifest), reject },
        );
        signal.addEventListener('abort', () => worker?.postMessage({ cancel: number } satisfies Sent), {
          once: true,
        });
      }),
    convert: (task) =>
      new Promise((resolve, reject) => {
        send({ convert: task }, { resolve: () => resolve(), reject });
      }),
    async close() {
      await worker?.terminate();
    },
  };
}

/** The thread's own side. */
function workOnBatches(port: MessagePort, models: string): void {
  const aborts = new Map<number, AbortController>();
  const post = (returned: Returned): void => port.postMessage(returned);

  const score = async (number: number, { model, input, output, options }: ScoreTask): Promise<void> => {
    const abort = new AbortController();
    aborts.set(number, abort);
    let told = 0;
    const artefact = await loadArtefact(model, { folder: models });
    const done = await scoreBatch(artefact, input, {
      ...options,
      dialect: options.dialect ?? usualDialect(artefact),
      output,
      asUtf8: true,
      signal: abort.signal,
      onProgress(share, { rows, scored, rejected, acted }) {
        const time = performance.now();
        if (time - told < tellMs) return;
        told = time;
        post({ number, progress: { share, counts: { rows, scored, rejected, acted } } });
      },
    });
    post({ number, done });
  };

  const convert = async (number: number, task: ConvertTask): Promise<void> => {
    const artefact = await loadArtefact(task.model, { folder: models });
    await convertResult(artefact, { ...task, dialect: task.dialect ?? usualDialect(artefact) });
    post({ number, done: null });
  };

  const report =
    (number: number) =>
    (error: unknown): void => {
      if (error instanceof Problem) post({ number, failed: problemEntries(error.issues.map(withoutPath)) });
      else {
        const { stack, syscall } = error as NodeJS.ErrnoException;
        post({ number, fault: stack ?? String(error), syscall });
      }
    };

  port.on('message', (sent: Sent) => {
    if ('cancel' in sent) {
      aborts.get(sent.cancel)?.abort();
      return;
    }
    const { number } = sent;
    const work = 'score' in sent ? score(number, sent.score) : convert(number, sent.convert);
    void work.catch(report(number)).finally(() => aborts.delete(number));
  });
}

/** As the file that the model learned from; what separates the fields is told from the header, for programs differ in it. */
function usualDialect({ manifest }: Artefact): Dialect {
  const { separator: _, ...dialect } = manifest.data.dialect ?? {};
  return dialect;
}

/** Where the service keeps its files is nothing to its callers. */
function withoutPath({ where = {}, ...issue }: Issue): Issue {
  return { ...issue, where: { ...where, file: undefined } };
}

/** What a finished work left behind; undefined where there is none yet. */
export function readManifest(path: string): BatchManifest | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as BatchManifest) : undefined;
}

const told = (workerData ?? {}) as Partial<Told>;
if (!isMainThread && parentPort && told.batchModels !== undefined) {
  // Single predictions go before batches where all cores are busy, and a busy machine still comes to an end with them. Elsewhere than on
  // Linux this would be the priority of the process.
  if (process.platform === 'linux') setPriority(batchPriority);
  workOnBatches(parentPort, told.batchModels);
}
