/** One run of a job with its record in the workspace's database, for whatever clock has started it. */
import { setting } from '../config/read-settings.js';
import { recordIn } from '../database/record-in.js';
import type { OpenRun } from '../database/record-run.js';
import type { JsonObject } from '../json.js';
import type { Job, JobContext } from './job.js';
import { type JobReport, type RunJobOptions, runJob } from './run-job.js';

/** Runs a job once, as `runJob` does, and records it. Where there is no database, that is told and the job runs all the same. */
export function runRecorded(job: Job, options: RunJobOptions & { context: JobContext }): Promise<JobReport> {
  const { context, complain } = options;
  const { kind, name } = job;
  const work = async (run: OpenRun): Promise<JobReport> => {
    const report = await runJob(job, options);
    const { outcome, why, missed, output } = report;
    const state = outcome === 'failed' || outcome === 'quarantined' ? outcome : 'ended';
    run.note({ state, error: why, output: { outcome, missed, ...output } as JsonObject });
    return report;
  };
  const run = { kind, name, input: { date: context.date }, work, now: () => context.now(), complain };
  return recordIn(setting('database', context), run);
}
