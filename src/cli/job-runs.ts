/** Runs jobs for the commands: the context that each gets, its line of JSON, and the exit code. */
import { setting } from '../config/read-settings.js';
import type { RecordedRun } from '../database/run.js';
import { forgottenPeople } from '../jobs/forgotten-people.js';
import type { Job, JobOutcome } from '../jobs/job.js';
import type { JobReport } from '../jobs/run-job.js';
import { runRecorded } from '../jobs/run-recorded.js';
import { dueDate, localDate } from '../jobs/schedule.js';
import { formatIssue, listNames, Problem } from '../problem.js';
import { didYouMean } from '../table/nearest-name.js';
import { type Effects, exitCodes, type Option, type OptionValues } from './command.js';
import { withDatabase } from './with-database.js';

/** The options of commands that run jobs. */
export const jobOptions: Readonly<Record<string, Option>> = {
  date: {
    type: 'string',
    value: 'date',
    help: 'the day it counts for, such as 2026-11-28; by default that of the last time it was due',
  },
  accept: { type: 'boolean', help: 'what is unlike the nights before was looked at, and is right' },
};

/** How a run is started. */
export interface JobStart {
  readonly date?: string;
  readonly accept?: boolean;
}

/** What the options say. Throws `cli-arguments`. */
export function jobStart(values: OptionValues): JobStart {
  const { date, accept } = values as { date?: string; accept?: boolean };
  if (date !== undefined && !isDate(date)) {
    throw new Problem({
      code: 'cli-arguments',
      what: `--date cannot be "${date}"`,
      expected: 'a day such as 2026-11-28',
    });
  }
  return { date, accept };
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && text.length === 10;
}

/** Runs a job once; what became of it. Throws `cli-arguments` for a day that is still to come. */
export async function startJob(
  job: Job,
  { date, accept = false }: JobStart,
  effects: Effects,
): Promise<JobReport> {
  const { env, workspace, signal, fetch } = effects;
  const today = localDate(effects.now(), job.timeZone);
  if (date !== undefined && date > today) {
    throw new Problem({
      code: 'cli-arguments',
      what: `--date ${date} is still to come`,
      expected: `a day up to ${today}`,
    });
  }
  const context = {
    date: date ?? dueDate(job, effects.now()),
    env,
    workspace,
    signal,
    accept,
    now: effects.now,
    say: (text: string) => effects.err(`${text}\n`),
    forgotten: () => forgottenPeople(effects),
    // Standard output has the report alone.
    command: (args: readonly string[]) => effects.command(args, effects.err),
  };
  return runRecorded(job, { context, fetch, complain: (text) => effects.err(`${text}\n`) });
}

/** The jobs that are meant: the one of that name, else those of that group. Throws `cli-unknown-job`. */
export async function jobsNamed(name: string, effects: Effects): Promise<readonly Job[]> {
  const { jobs, issues } = await effects.jobs();
  const named = jobs.filter((job) => job.name === name);
  const meant = named.length > 0 ? named : jobs.filter((job) => job.group === name);
  if (meant.length > 0) return meant;
  for (const issue of issues) effects.err(`${formatIssue(issue)}\n`);
  const known = [...new Set(jobs.flatMap((job) => [job.name, job.group ?? job.name]))].sort();
  throw new Problem({
    code: 'cli-unknown-job',
    what: `there is no job or copy "${name}"`,
    expected: listNames(known, { last: 'or' }) || undefined,
    remedy:
      didYouMean(name, known) ??
      'write it: a file in src/studies that exports a defineCopy or a defineJob of alambique/jobs',
  });
}

/** The last runs of jobs by name, as far as the database knows them; without a database none, which is told. */
export async function lastRuns(
  jobs: readonly Job[],
  effects: Effects,
): Promise<ReadonlyMap<string, RecordedRun>> {
  const { listRuns } = await import('../database/list-runs.js');
  try {
    return await withDatabase(setting('database', effects), async (database) => {
      const found = new Map<string, RecordedRun>();
      for (const { kind, name } of jobs) {
        const [last] = await listRuns(database, { kind, name, most: 1, now: effects.now() });
        if (last) found.set(name, last);
      }
      return found;
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    effects.err(`How they ended last is not known. ${error.message}\n`);
    return new Map();
  }
}

/** The exit code of an outcome. */
export function exitCodeOf(outcome: JobOutcome): number {
  if (outcome === 'failed') return exitCodes.refused;
  return outcome === 'quarantined' ? exitCodes.found : exitCodes.done;
}
