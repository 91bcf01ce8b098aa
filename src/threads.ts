/** Spreads tasks over worker threads; knows nothing of what they do. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type Issue, Problem } from './problem.js';

/** What `runTasks` takes. */
export interface TaskOptions<Shared, Task, Result> {
  /** The compiled file of a worker that calls `answerTasks`. */
  worker: URL;
  /** Handed to every worker once; memory in SharedArrayBuffers is not copied. */
  shared: Shared;
  tasks: readonly Task[];
  /** How many threads work at once. */
  threads: number;
  /** Stops everything at once; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** The share of a task that is done, in [0, 1]; 1 with its result. */
  onProgress?: (task: number, share: number) => void;
  onResult?: (task: number, result: Result) => void;
}

interface Question<Task> {
  index: number;
  task: Task;
}

type Answer<Result> =
  | { index: number; share: number }
  | { index: number; result: Result }
  | { index: number; issues: readonly Issue[]; total: number }
  | { index: number; message: string; stack: string | undefined };

/**
 * Runs every task in a worker thread and gives the results in the order of the tasks. The calling thread stays free.
 * The first error ends all of it; a `Problem` arrives as the `Problem` it was.
 */
export function runTasks<Shared, Task, Result>(
  options: TaskOptions<Shared, Task, Result>,
): Promise<Result[]> {
  const { worker, shared, tasks, signal, onProgress, onResult } = options;
  const count = Math.max(1, Math.min(Math.floor(options.threads) || 1, tasks.length));
  const results = new Array<Result>(tasks.length);
  const workers: Worker[] = [];
  let next = 0;
  let open = tasks.length;

  return new Promise<Result[]>((resolve, reject) => {
    let ended = false;
    const end = (settle: () => void): void => {
      if (ended) return;
      ended = true;
      signal?.removeEventListener('abort', stop);
      Promise.all(workers.map((one) => one.terminate())).then(settle, reject);
    };
    const fail = (error: unknown): void => end(() => reject(error));
    const stop = (): void => fail(signal?.reason);
    const ask = (one: Worker): void => {
      if (next >= tasks.length) return;
      const index = next++;
      one.postMessage({ index, task: tasks[index]! } satisfies Question<Task>);
    };
    const hear = (one: Worker, answer: Answer<Result>): void => {
      if (ended) return;
      if ('share' in answer) onProgress?.(answer.index, answer.share);
      else if ('issues' in answer) fail(new Problem(answer.issues, answer.total));
      else if ('message' in answer) fail(Object.assign(new Error(answer.message), { stack: answer.stack }));
      else {
        results[answer.index] = answer.result;
        onProgress?.(answer.index, 1);
        onResult?.(answer.index, answer.result);
        open--;
        if (open === 0) end(() => resolve(results));
        else ask(one);
      }
    };
    const start = (): void => {
      const one = new Worker(worker, { workerData: shared });
      workers.push(one);
      one.on('error', fail);
      one.on('messageerror', fail);
      one.on('exit', (code) => fail(new Error(`A worker thread ended early, with code ${code}.`)));
      one.on('message', (answer: Answer<Result>) => {
        // What a caller's own callback throws belongs to the caller, not to the event loop.
        try {
          hear(one, answer);
        } catch (error) {
          fail(error);
        }
      });
      ask(one);
    };
    if (signal?.aborted) return reject(signal.reason);
    if (tasks.length === 0) return resolve(results);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for (let i = 0; i < count; i++) start();
    } catch (error) {
      fail(error);
    }
  });
}

/**
 * The other half: called once at the top of a worker's file. `prepare` gets what is shared and returns the function
 * that answers one task; it may tell the share that is done as it goes on.
 */
export function answerTasks<Shared, Task, Result>(
  prepare: (shared: Shared) => (task: Task, onProgress: (share: number) => void) => Result,
): void {
  const port = parentPort;
  if (!port) throw new Error('This file is a worker: it is started by runTasks, not run by itself.');
  let answer: ((task: Task, onProgress: (share: number) => void) => Result) | undefined;
  port.on('message', ({ index, task }: Question<Task>) => {
    const say = (message: Answer<Result>): void => port.postMessage(message);
    try {
      answer ??= prepare(workerData as Shared);
      say({ index, result: answer(task, (share) => say({ index, share })) });
    } catch (error) {
      if (error instanceof Problem) return say({ index, issues: error.issues, total: error.total });
      const { message, stack } = error as Error;
      say({ index, message, stack });
    }
  });
}
