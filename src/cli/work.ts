/** `alambique work`: the scheduler in a process of its own. */
import { work as workOn } from '../jobs/work.js';
import { formatIssue, listNames, Problem } from '../problem.js';
import { type Command, exitCodes } from './command.js';
import { lastRuns, startJob } from './job-runs.js';

export const work: Command = {
  name: 'work',
  summary: 'Runs jobs and copies at their times until it is stopped; what was missed runs at once.',
  mostArguments: 0,
  options: {},
  async run(_, effects) {
    const { jobs, issues } = await effects.jobs();
    for (const issue of issues) effects.err(`${formatIssue(issue)}\n`);
    const timed = jobs.filter(({ at }) => at !== undefined);
    if (timed.length === 0) {
      throw new Problem({
        code: 'cli-no-jobs',
        what: 'no job or copy of src/studies has a time',
        expected: "at: '0 2 * * *' in a defineCopy or defineJob",
      });
    }
    effects.err(`At work: ${listNames(timed.map(({ name }) => name))}. Ctrl+C ends it.\n`);
    const last = await lastRuns(timed, effects);
    const signal = effects.signal ?? new AbortController().signal;
    await workOn(timed, {
      signal,
      now: effects.now,
      async lastStart({ name }) {
        const started = last.get(name)?.started;
        return started === undefined ? undefined : new Date(started);
      },
      async run(job, date) {
        try {
          effects.out(`${JSON.stringify(await startJob(job, { date }, effects))}\n`);
        } catch (error) {
          if (!signal.aborted) throw error;
        }
      },
    });
    return exitCodes.done;
  },
};
