/** `alambique job run`: runs a job once, so that cron, systemd, Kubernetes or Azure can be its clock. */
import { Problem } from '../problem.js';
import { type Command, exitCodes } from './command.js';
import { exitCodeOf, jobOptions, jobStart, jobsNamed, startJob } from './job-runs.js';

export const job: Command = {
  name: 'job',
  summary: 'Runs a job or copy once, for any clock: one line of JSON, and the exit code says how it ended.',
  arguments: 'run <name>',
  mostArguments: 2,
  options: jobOptions,
  async run({ values, positionals: [action, name] }, effects) {
    if (action !== 'run' || name === undefined) {
      throw new Problem({
        code: 'cli-arguments',
        what: 'it is not said which job to run',
        expected: 'alambique job run NAME',
        remedy: '"alambique jobs" lists them',
      });
    }
    let code: number = exitCodes.done;
    for (const one of await jobsNamed(name, effects)) {
      const report = await startJob(one, jobStart(values), effects);
      effects.out(`${JSON.stringify(report)}\n`);
      code = Math.max(code, exitCodeOf(report.outcome));
    }
    return code;
  },
};
