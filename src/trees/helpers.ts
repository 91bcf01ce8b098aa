/** Threads that help with growing trees; once started they are kept for the next fit, and never keep a process alive. */
import { type MessagePort, Worker } from 'node:worker_threads';
import type { ForestJob } from './forest-team.js';
import type { GroupsJob } from './team.js';

/** What a helper can be asked to do. */
export type HelperJob = GroupsJob | ForestJob;

interface Helper {
  readonly worker: Worker;
  /** 1 while it works on a job. */
  readonly busy: Int32Array;
}

const helpers: Helper[] = [];

/**
 * Hands each job to a thread, idle ones first. Does not wait: a new thread starts in about 40 ms and finds what
 * is left to do.
 */
export function borrowHelpers(jobs: readonly { job: HelperJob; transfer?: readonly MessagePort[] }[]): void {
  const idle = helpers.filter(({ busy }) => Atomics.load(busy, 0) === 0);
  jobs.forEach(({ job, transfer }, i) => {
    const helper = idle[i] ?? startHelper();
    Atomics.store(helper.busy, 0, 1);
    helper.worker.postMessage(job, transfer ?? []);
  });
}

function startHelper(): Helper {
  const busy = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./helper.js', import.meta.url), { workerData: busy });
  const helper = { worker, busy };
  worker.unref();
  // A thread that died or was ended is not asked again; whoever waited for it has seen its failure on the board.
  worker.on('error', () => {});
  worker.on('exit', () => helpers.splice(helpers.indexOf(helper), 1));
  helpers.push(helper);
  return helper;
}
