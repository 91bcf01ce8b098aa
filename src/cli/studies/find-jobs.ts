/** The jobs and copies of a workspace: whatever the files of `src/studies` export that is one; there is no list of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Job } from '../../jobs/job.js';
import { type Issue, Problem } from '../../problem.js';
import type { Workspace } from '../../workspace.js';
import type { FoundJobs } from '../found-jobs.js';
import { compiledModule } from './compile-study.js';
import { loadModule } from './load-module.js';

/**
 * The jobs of `NAME.ts` and `NAME/study.ts` that name the door of jobs, and of every `NAME/jobs.ts`, by name. Other studies are not loaded. Two of one
 * name are an issue.
 */
export async function findJobs(workspace: Workspace): Promise<FoundJobs> {
  const { root, studies } = workspace;
  const jobs = new Map<string, Job>();
  const issues: Issue[] = [];
  const origins: Record<string, { module: string; exported: string }> = {};
  for (const file of filesOf(studies)) {
    const where = { file: relative(root, file).replaceAll('\\', '/') };
    try {
      const module = await loadModule(await compiledModule(relative(root, file), workspace), where);
      for (const [exported, job] of Object.entries(module)) {
        if (!isJob(job)) continue;
        const { name } = job;
        if (jobs.has(name) && jobs.get(name) !== job)
          issues.push({ code: 'cli-two-jobs', what: `there is another job "${name}"`, where });
        else {
          jobs.set(name, job);
          origins[name] = {
            module: relative(studies, file).replaceAll('\\', '/').replace(/\.ts$/, '.js'),
            exported,
          };
        }
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      issues.push(...error.issues);
    }
  }
  return { jobs: [...jobs.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), issues, origins };
}

function filesOf(studies: string): string[] {
  if (!existsSync(studies)) return [];
  return readdirSync(studies, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) {
      const inside = join(studies, entry.name);
      const jobs = join(inside, 'jobs.ts');
      const study = join(inside, 'study.ts');
      return [...(existsSync(jobs) ? [jobs] : []), ...(namesJobs(study) ? [study] : [])];
    }
    const file = join(studies, entry.name);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') && namesJobs(file) ? [file] : [];
  });
}

function namesJobs(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').includes('alambique/jobs');
}

/** Whether an export of a module is a job. */
export function isJob(value: unknown): value is Job {
  const { kind, name, run } = (value ?? {}) as Partial<Job>;
  return (kind === 'job' || kind === 'copy') && typeof name === 'string' && typeof run === 'function';
}
