/** The scheduler in a process: every job at its time, and once at the start where its last time was missed. */
import type { Cron } from 'croner';
import type { Job } from './job.js';
import { makeCron } from './make-cron.js';
import { lastDue, localDate } from './schedule.js';

/** What the scheduler needs. */
export interface WorkOptions {
  now(): Date;
  /** Runs a job for a date; never throws. */
  run(job: Job, date: string): Promise<unknown>;
  /** When the job last began, as far as is known. */
  lastStart(job: Job): Promise<Date | undefined>;
  /** Ends the scheduler; a run under way is waited for. */
  readonly signal: AbortSignal;
}

/** Runs until the signal; jobs that are due at once run one after the other, and none beside itself. */
export async function work(
  jobs: readonly Job[],
  { now, run, lastStart, signal }: WorkOptions,
): Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const queue = (job: Job, due: Date): Promise<void> => {
    last = last.then(async () => {
      if (!signal.aborted) await run(job, localDate(due, job.timeZone));
    });
    return last;
  };
  const timers: Cron[] = [];
  for (const job of jobs) {
    const { at, timeZone } = job;
    if (at === undefined) continue;
    const due = lastDue({ at, timeZone }, now());
    const started = await lastStart(job);
    // A copy that never ran has no night yet; another job waits for its first time.
    const isMissed = started === undefined ? job.kind === 'copy' : due !== undefined && started < due;
    if (due !== undefined && isMissed) queue(job, due);
    timers.push(
      // A timer may come a little early, and the date is that of the time it was set for.
      makeCron(at, { timezone: timeZone, protect: true }, () =>
        queue(job, lastDue({ at, timeZone }, new Date(now().getTime() + 1000)) ?? now()),
      ),
    );
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const timer of timers) timer.stop();
  await last;
}
