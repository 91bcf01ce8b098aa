/** Spreads tasks over worker threads; knows nothing of what they do. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type Issue, Problem } from './problem.js';

/** Who works, and on what all tasks share. */
export interface ThreadOptions<Shared> {
  /** The compiled file of a worker that calls `answerTasks`. */
  worker: URL;
  /** Handed to every worker once; memory in SharedArrayBuffers is not copied. */
  shared: Shared;
  /** How many threads work at once. */
  threads: number;
}

/** What a run of tasks may be told. */
export interface TaskHooks<Result> {
  /** Stops everything at once; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** The share of a task that is done, in [0, 1]; 1 with its result. */
  onProgress?: (task: number, share: number) => void;
  onResult?: (task: number, result: Result) => void;
}

/** Worker threads that stay for the next run of tasks. */
export interface Threads<Task, Result> {
  /** How many work at once, at most. */
  readonly count: number;
  /**
   * Runs every task and gives the results in the order of the tasks; one run at a time. The calling thread stays free.
   * The first error ends all of it; a `Problem` arrives as the `Problem` it was.
   */
  run(tasks: readonly Task[], hooks?: TaskHooks<Result>): Promise<Result[]>;
  /** Ends the threads. */
  end(): Promise<void>;
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

/** What the present run makes of what its workers say. */
interface Run<Result> {
  hear(one: Worker, answer: Answer<Result>): void;
  fail(error: unknown): void;
}

/** Runs every task in threads that end with the last; see `Threads`. */
export function runTasks<Shared, Task, Result>({
  tasks,
  ...options
}: ThreadOptions<Shared> & TaskHooks<Result> & { tasks: readonly Task[] }): Promise<Result[]> {
  const threads = openThreads<Shared, Task, Result>(options);
  return threads.run(tasks, options).finally(() => threads.end());
}

/** Threads for several runs of tasks. A thread starts when there is a task for it. Call `end` after the last run. */
export function openThreads<Shared, Task, Result>({
  worker,
  shared,
  threads,
}: ThreadOptions<Shared>): Threads<Task, Result> {
  const count = Math.max(1, Math.floor(threads) || 1);
  const workers: Worker[] = [];
  let present: Run<Result> | undefined;

  const start = (): void => {
    const one = new Worker(worker, { workerData: shared });
    workers.push(one);
    const fail = (error: unknown): void => present?.fail(error);
    one.on('error', fail);
    one.on('messageerror', fail);
    one.on('exit', (code) => {
      if (workers.includes(one)) workers.splice(workers.indexOf(one), 1);
      fail(new Error(`A worker thread ended early, with code ${code}.`));
    });
    one.on('message', (answer: Answer<Result>) => {
      // What a caller's own callback throws belongs to the caller, not to the event loop.
      try {
        present?.hear(one, answer);
      } catch (error) {
        fail(error);
      }
    });
  };

  const end = async (): Promise<void> => {
    await Promise.all(workers.splice(0).map((one) => one.terminate()));
  };

  const run: Threads<Task, Result>['run'] = (tasks, { signal, onProgress, onResult } = {}) =>
    new Promise((resolve, reject) => {
      const results = new Array<Result>(tasks.length);
      let next = 0;
      let open = tasks.length;
      const close = (): void => {
        present = undefined;
        signal?.removeEventListener('abort', stop);
      };
      const fail = (error: unknown): void => {
        close();
        end().then(() => reject(error), reject);
      };
      const stop = (): void => fail(signal?.reason);
      const ask = (one: Worker): void => {
        if (next >= tasks.length) return;
        const index = next++;
        one.postMessage({ index, task: tasks[index]! } satisfies Question<Task>);
      };
      const hear = (one: Worker, answer: Answer<Result>): void => {
        if ('share' in answer) onProgress?.(answer.index, answer.share);
        else if ('issues' in answer) fail(new Problem(answer.issues, answer.total));
        else if ('message' in answer) fail(Object.assign(new Error(answer.message), { stack: answer.stack }));
        else {
          results[answer.index] = answer.result;
          onProgress?.(answer.index, 1);
          onResult?.(answer.index, answer.result);
          open--;
          if (open > 0) ask(one);
          else {
            close();
            resolve(results);
          }
        }
      };
      if (signal?.aborted) return reject(signal.reason);
      if (tasks.length === 0) return resolve(results);
      signal?.addEventListener('abort', stop, { once: true });
      present = { hear, fail };
      try {
        while (workers.length < Math.min(count, tasks.length)) start();
        for (const one of [...workers]) ask(one);
      } catch (error) {
        fail(error);
      }
    });

  return { count, run, end };
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
