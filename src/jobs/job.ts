/** The contract of the room: a job is something that runs by the clock, for a date, and says how it ended. */
import type { Environment } from '../config/environment.js';
import { type Issue, Problem, show } from '../problem.js';
import type { Workspace } from '../workspace.js';
import { scheduleIssue } from './schedule.js';

/** How a run ended: `nothing` where all was there already, `quarantined` where what came of it must not be used. */
export type JobOutcome = 'done' | 'nothing' | 'quarantined' | 'failed';

/** What a run gives; it throws where it failed. */
export interface JobResult {
  readonly outcome: Exclude<JobOutcome, 'failed'>;
  /** Why, in a sentence, where that is not plain. */
  readonly why?: string;
  /** Dates before this one on which nothing ran, though something should have. */
  readonly missed?: readonly string[];
  /** What came out, as JSON. */
  readonly output?: Readonly<Record<string, unknown>>;
}

/** What a job may touch. */
export interface JobContext {
  /** The day that the run counts for: the local date of the time at which it was due. */
  readonly date: string;
  readonly env: Environment;
  readonly workspace: Workspace;
  now(): Date;
  readonly signal?: AbortSignal;
  /** Tells a person what goes on, in a sentence. */
  say(text: string): void;
  /** True where what looks unusual was found to be right by a person. */
  readonly accept: boolean;
  /** A function that tells who is forgotten; they stand in no copy any more. Throws where that cannot be known. */
  forgotten(): Promise<(id: string) => boolean>;
  /** Types a command of the program, as in `['predict', '-i', 'a.csv', '-o', 'b.csv']`; its exit code. */
  command(args: readonly string[]): Promise<number>;
}

/** Something that runs by the clock. */
export interface Job {
  readonly kind: 'job' | 'copy';
  readonly name: string;
  /** When, as cron writes it; without it only where somebody starts it. */
  readonly at?: string;
  readonly timeZone: string;
  /** Another name under which it is started together with others. */
  readonly group?: string;
  /** The command that it types, where it types one. */
  readonly command?: readonly string[];
  run(context: JobContext): Promise<JobResult>;
}

/** What `defineJob` takes. */
export interface JobSpec {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /** When, as cron writes it: `0 2 * * *`. Without it the job runs only where it is started by name. */
  readonly at?: string;
  /** The time zone of `at` and of the run's date, UTC by default. */
  readonly timeZone?: string;
  /** A command to type; `{date}` stands for the run's date. */
  readonly command?: readonly string[];
  /** Or a function. */
  readonly run?: (context: JobContext) => Promise<JobResult | undefined>;
}

/** What names of jobs and copies are. */
export const jobNamePattern: RegExp = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * A job: a command of the program, or a function, that runs by the clock. Throws a `Problem` with everything that is wrong.
 *
 * @example
 * const calls = defineJob({
 *   name: 'calls',
 *   at: '30 6 * * 1-5',
 *   timeZone: 'Europe/Madrid',
 *   command: ['predict', 'bank-marketing', '-i', 'data/raw/crm/latest/clients.csv', '-o', 'data/calls-{date}.csv'],
 * });
 * calls.name // → 'calls'
 */
export function defineJob(spec: JobSpec): Job {
  const { name, at, timeZone = 'UTC', command, run } = spec;
  const issues: Issue[] = [...nameIssues(name), ...scheduleIssue({ at, timeZone })];
  if ((command === undefined) === (run === undefined)) {
    const what = 'it is not said what the job does';
    issues.push({ code: 'job-spec', what, expected: 'either `command` or `run`' });
  }
  if (issues.length > 0) throw new Problem(issues);
  return {
    kind: 'job',
    name,
    at,
    timeZone,
    command,
    run: async (context) =>
      (await run?.(context)) ?? (command ? typed(command, context) : { outcome: 'done' }),
  };
}

/** What is wrong with the name of a job. */
export function nameIssues(name: string): Issue[] {
  if (typeof name === 'string' && jobNamePattern.test(name)) return [];
  const expected = 'lower-case words joined by hyphens';
  return [{ code: 'job-name', what: 'the name cannot be used', got: show(name), expected }];
}

async function typed(command: readonly string[], { command: type, date }: JobContext): Promise<JobResult> {
  const args = command.map((word) => word.replaceAll('{date}', date));
  const code = await type(args);
  if (code === 0) return { outcome: 'done' };
  throw new Problem({
    code: 'job-command',
    what: `"alambique ${args.join(' ')}" ended with the exit code ${code}`,
  });
}
