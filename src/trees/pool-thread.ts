/** The program of a helping thread: takes a job, works on it until there is nothing left, waits for the next. */
import { parentPort, workerData } from 'node:worker_threads';
import { growTreesOf } from './forest-pool.js';
import type { Job } from './jobs.js';
import { takePiecesOf } from './pool.js';

const busy = workerData as Int32Array;

parentPort?.on('message', (job: Job) => {
  try {
    if (job.kind === 'pieces') takePiecesOf(job);
    else growTreesOf(job);
  } finally {
    Atomics.store(busy, 0, 0);
  }
});
