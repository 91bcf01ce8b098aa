/** One run of a job: its record, its line of JSON, and the alert where it went wrong. */
import { setting } from '../config/read-settings.js';
import { failureReason } from '../failure-reason.js';
import { Problem } from '../problem.js';
import type { Job, JobContext, JobOutcome } from './job.js';

/** What is told of a run, as one line of JSON. */
export interface JobReport {
  readonly job: string;
  readonly kind: Job['kind'];
  readonly date: string;
  readonly outcome: JobOutcome;
  readonly why?: string;
  readonly missed?: readonly string[];
  readonly started: string;
  readonly seconds: number;
  readonly output?: Readonly<Record<string, unknown>>;
}

/** What a run needs beside its context. */
export interface RunJobOptions {
  readonly fetch: typeof fetch;
  /** Takes what nobody foresaw: a stack, or an alert that could not be sent. */
  complain(text: string): void;
}

/** Runs a job once. Never throws but where it was asked to stop: what fails is told in the report, and to ALAMBIQUE_ALERT_URL. */
export async function runJob(
  job: Job,
  { context, ...options }: RunJobOptions & { context: JobContext },
): Promise<JobReport> {
  const started = context.now();
  const report = (rest: Pick<JobReport, 'outcome' | 'why' | 'missed' | 'output'>): JobReport => ({
    job: job.name,
    kind: job.kind,
    date: context.date,
    ...rest,
    started: started.toISOString(),
    seconds: (context.now().getTime() - started.getTime()) / 1000,
  });
  let ended: JobReport;
  try {
    ended = report(await job.run(context));
  } catch (error) {
    if (context.signal?.aborted) throw error;
    if (!(error instanceof Problem))
      options.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    ended = report({ outcome: 'failed', why: failureReason(error) });
  }
  const missed = ended.missed ?? [];
  if (ended.outcome === 'failed' || ended.outcome === 'quarantined' || missed.length > 0) {
    await sendAlert(ended, { url: setting('alertUrl', context), ...options });
  }
  return ended;
}

/** In milliseconds: an alert that is not taken by then is told on standard error. */
const alertTime = 10_000;

async function sendAlert(
  report: JobReport,
  { url, fetch, complain }: RunJobOptions & { url: string | undefined },
): Promise<void> {
  if (url === undefined) return;
  try {
    const body = JSON.stringify(report);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(alertTime),
    });
    if (!answer.ok) complain(`The alert about "${report.job}" was refused with the status ${answer.status}.`);
  } catch (error) {
    complain(`The alert about "${report.job}" could not be sent: ${(error as Error).message}.`);
  }
}
