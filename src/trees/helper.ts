/** The program of a helping thread: takes a job, works on it until there is nothing left, waits for the next. */
import { parentPort, workerData } from 'node:worker_threads';
import { helpForest } from './forest-team.js';
import type { HelperJob } from './helpers.js';
import { help } from './team.js';

const busy = workerData as Int32Array;

parentPort?.on('message', (job: HelperJob) => {
  try {
    if (job.kind === 'groups') help(job);
    else helpForest(job);
  } finally {
    Atomics.store(busy, 0, 0);
  }
});
