/** A pattern of cron as croner reads it. The package is loaded when the first one is read: most commands need none. */
import { createRequire } from 'node:module';
import type { Cron, CronOptions } from 'croner';
import { Problem } from '../problem.js';

/** The pattern; with `act` it is a timer. Throws what croner says against it, and `job-needs-package`. */
export function makeCron(at: string, options: CronOptions, act?: () => void | Promise<void>): Cron {
  const { Cron } = loadCroner();
  return act ? new Cron(at, options, act) : new Cron(at, options);
}

function loadCroner(): typeof import('croner') {
  try {
    return createRequire(import.meta.url)('croner') as typeof import('croner');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Problem({
      code: 'job-needs-package',
      what: 'jobs need a package that is not installed',
      remedy: 'type: npm install croner',
    });
  }
}
