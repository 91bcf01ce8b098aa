/** The jobs that every workspace has, beside those of its own. */
import { setting } from '../config/read-settings.js';
import { defineJob, type Job } from '../jobs/job.js';
import { formatIssue } from '../problem.js';
import type { FoundJobs } from './found-jobs.js';
import { keptLogs, loadAllPredictions } from './load-all-predictions.js';
import { withDatabase } from './with-database.js';

/** Loads the predictions of the service's logs into the database; what was altered in a log is left out, and told. */
export const loadPredictionsJob: Job = defineJob({
  name: 'load-predictions',
  at: '30 3 * * *',
  async run(place) {
    const logs = keptLogs(place);
    const loaded = await withDatabase(setting('database', place), (database) =>
      loadAllPredictions(database, logs),
    );
    const issues = loaded.flatMap((one) => one.issues);
    const count = (of: 'loaded' | 'removed' | 'gaps'): number =>
      loaded.reduce((sum, one) => sum + one[of], 0);
    return {
      outcome: issues.length > 0 ? 'quarantined' : count('loaded') > 0 ? 'done' : 'nothing',
      ...(issues[0] && { why: formatIssue(issues[0]) }),
      output: { loaded: count('loaded'), removed: count('removed'), gaps: count('gaps') },
    };
  },
});

/** The jobs that were found, and those; one of the workspace comes before one of ours of the same name. */
export function withBuiltInJobs(found: FoundJobs): FoundJobs {
  const ours = [loadPredictionsJob].filter(({ name }) => !found.jobs.some((job) => job.name === name));
  return { ...found, jobs: [...found.jobs, ...ours] };
}
