/** The jobs and copies that a workspace has. */
import type { Job } from '../jobs/job.js';
import type { Issue } from '../problem.js';

/** What was found; a file that cannot be loaded hides no other. */
export interface FoundJobs {
  readonly jobs: readonly Job[];
  readonly issues: readonly Issue[];
  /** By name: the compiled module, from the folder of the studies, and what it calls the job. */
  readonly origins: Readonly<Record<string, { readonly module: string; readonly exported: string }>>;
}
