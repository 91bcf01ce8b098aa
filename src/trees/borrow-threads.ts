/** Threads that help with growing trees; once started they are kept for the next fit, and never keep a process alive. */
import { type MessagePort, Worker } from 'node:worker_threads';
import type { Job } from './jobs.js';

interface Thread {
  readonly worker: Worker;
  /** 1 while it works on a job. */
  readonly busy: Int32Array;
}

const threads: Thread[] = [];

/**
 * Hands each job to a thread, idle ones first. Does not wait: a new thread starts in about 40 ms and finds what
 * is left to do.
 */
export function borrowThreads(jobs: readonly { job: Job; transfer?: readonly MessagePort[] }[]): void {
  const idle = threads.filter(({ busy }) => Atomics.load(busy, 0) === 0);
  jobs.forEach(({ job, transfer }, i) => {
    const thread = idle[i] ?? startThread();
    Atomics.store(thread.busy, 0, 1);
    thread.worker.postMessage(job, transfer ?? []);
  });
}

function startThread(): Thread {
  const busy = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./pool-thread.js', import.meta.url), { workerData: busy });
  const thread = { worker, busy };
  worker.unref();
  // A thread that died or was ended is not asked again; whatever waited for it has seen its failure in the queue.
  worker.on('error', () => {});
  worker.on('exit', () => threads.splice(threads.indexOf(thread), 1));
  threads.push(thread);
  return thread;
}
