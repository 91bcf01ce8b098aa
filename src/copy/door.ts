/**
 * The door of this room and of the jobs, for studies and notebooks; re-exports only.
 *
 * @module alambique/jobs
 */

export { type SqliteTable, type SqliteValue, writeSqlite } from '../io/databases/write-sqlite.js';
export {
  defineJob,
  type Job,
  type JobContext,
  type JobOutcome,
  type JobResult,
  type JobSpec,
} from '../jobs/job.js';
export { type TimerContext, type TimerHandlerOptions, timerHandler } from '../jobs/timer-handler.js';
export type * from './copy.js';
export { defineCopy } from './define-copy.js';
export type * from './night-manifest.js';
export { type Night, type ReadNightOptions, readNight } from './read-night.js';
