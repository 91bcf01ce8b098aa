/** A job as the handler of somebody else's timer, such as that of Azure Functions: a plain function, which tests call. */

import type { Environment } from '../config/environment.js';
import { environment } from '../config/environment.js';
import { Problem } from '../problem.js';
import { type Workspace, workspace } from '../workspace.js';
import { forgottenPeople } from './forgotten-people.js';
import type { Job } from './job.js';
import { runRecorded } from './run-recorded.js';
import { dueDate } from './schedule.js';

/** What the handler uses of the context that it is called with. */
export interface TimerContext {
  log(text: string): void;
  error(text: string): void;
}

/** What the handler is told, in tests. */
export interface TimerHandlerOptions {
  now?(): Date;
  /** By default this process's environment, and the workspace of the current folder. */
  readonly env?: Environment;
  readonly workspace?: Workspace;
  readonly fetch?: typeof globalThis.fetch;
}

/** A function that runs the job for the date on which it was due, and logs a line of JSON. It throws where the run failed, so that the timer's owner shows it as failed. */
export function timerHandler(
  job: Job,
  options: TimerHandlerOptions = {},
): (timer: unknown, context: TimerContext) => Promise<void> {
  const { now = () => new Date(), env = environment, fetch = globalThis.fetch } = options;
  const place = { env, workspace: options.workspace ?? workspace() };
  return async (_, { log, error: complain }) => {
    const context = {
      date: dueDate(job, now()),
      ...place,
      now,
      say: log,
      accept: false,
      forgotten: () => forgottenPeople(place),
      command: async () => {
        throw new Problem({
          code: 'job-command',
          what: 'a timer has no command line',
          remedy: 'run it by alambique work',
        });
      },
    };
    const report = await runRecorded(job, { context, fetch, complain });
    log(JSON.stringify(report));
    if (report.outcome === 'failed' || report.outcome === 'quarantined')
      throw new Error(`${job.name}: ${report.outcome}. ${report.why}`);
  };
}
