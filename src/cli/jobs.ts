/** `alambique jobs`: what runs by the clock, when next, and how it ended last. */
import type { RecordedRun } from '../database/run.js';
import type { Job } from '../jobs/job.js';
import { nextDue } from '../jobs/schedule.js';
import { canonicalJson, type Json } from '../json.js';
import { formatIssue } from '../problem.js';
import { formatTable } from '../table/format-table.js';
import { type Command, exitCodes } from './command.js';
import { lastRuns } from './job-runs.js';

export const jobs: Command = {
  name: 'jobs',
  summary: 'Lists the jobs and copies of src/studies: when each runs next, and how it ended last.',
  mostArguments: 0,
  options: { json: { type: 'boolean', help: 'print them as JSON' } },
  async run({ values }, effects) {
    const { jobs: found, issues } = await effects.jobs();
    for (const issue of issues) effects.err(`${formatIssue(issue)}\n`);
    const last = await lastRuns(found, effects);
    const listed = found.map((job) => ({
      name: job.name,
      kind: job.kind,
      at: job.at ?? null,
      timeZone: job.timeZone,
      next: nextOf(job, effects.now())?.toISOString() ?? null,
      last: last.get(job.name)?.started ?? null,
      outcome: outcomeOf(last.get(job.name)),
    }));
    if (values.json) effects.out(`${canonicalJson(listed as unknown as Json)}\n`);
    else if (listed.length === 0) effects.out('No file in src/studies exports a job or a copy.\n');
    else {
      const rows = listed.map(({ name, kind, at, timeZone, next, last: began, outcome }) => [
        name,
        kind,
        at === null ? 'by hand' : `${at} ${timeZone}`,
        next ?? '–',
        began ?? '–',
        outcome ?? '–',
      ]);
      const header = ['name', 'kind', 'at', 'next', 'last', 'outcome'];
      effects.out(`${formatTable(rows, { header, align: header.map((): 'left' => 'left') })}\n`);
    }
    return exitCodes.done;
  },
};

/** As the report of the run said it; how it stands where it came to no report. */
function outcomeOf(run: RecordedRun | undefined): string | null {
  if (run === undefined) return null;
  return typeof run.output.outcome === 'string' ? run.output.outcome : run.state;
}

function nextOf({ at, timeZone }: Job, now: Date): Date | undefined {
  return at === undefined ? undefined : nextDue({ at, timeZone }, now);
}
