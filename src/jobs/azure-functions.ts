/** The files of an Azure Functions app (programming model v4) whose timers run jobs. */
import { type Issue, listNames, Problem } from '../problem.js';
import type { Job } from './job.js';

/** A job, and where its compiled module exports it. */
export interface ExportedJob {
  readonly job: Job;
  /** From the folder of the studies, with slashes: "company/jobs.js". */
  readonly module: string;
  readonly exported: string;
}

/** How the app finds the program. */
export interface AppOptions {
  /** The version of Alambique, or `file:…`. */
  readonly program: string;
  /** Packages that the jobs need, such as drivers of databases, with their versions. */
  readonly packages: Readonly<Record<string, string>>;
}

/** In five fields or six, what NCRONTAB reads as cron does. */
const commonPattern = /^[\d*,/\- a-z]+$/i;

/** The files by path; the modules of the studies come beside them, into `studies`. Throws a `Problem` for jobs that Azure's timers cannot run. */
export function azureFunctions(jobs: readonly ExportedJob[], options: AppOptions): Map<string, string> {
  const issues: Issue[] = [];
  const timeZones = [...new Set(jobs.map(({ job }) => job.timeZone))];
  if (jobs.length === 0)
    issues.push({ code: 'export-no-jobs', what: 'no job or copy has a time', expected: "at: '0 2 * * *'" });
  if (timeZones.length > 1) {
    const what = `the jobs hang on several time zones: ${listNames(timeZones)}`;
    issues.push({ code: 'export-time-zones', what, expected: 'one, since an app has one clock' });
  }
  for (const { job } of jobs) {
    if (!commonPattern.test(job.at ?? ''))
      issues.push({
        code: 'export-time',
        what: `Azure cannot read the time of "${job.name}"`,
        got: `"${job.at}"`,
      });
  }
  if (issues.length > 0) throw new Problem(issues);
  const [timeZone = 'UTC'] = timeZones;
  const files = new Map<string, string>([
    [
      'host.json',
      json({
        version: '2.0',
        functionTimeout: '00:10:00',
        logging: { logLevel: { default: 'Information' } },
      }),
    ],
    ['package.json', json(packageOf(options))],
    ['local.settings.json', json({ IsEncrypted: false, Values: { FUNCTIONS_WORKER_RUNTIME: 'node', AzureWebJobsStorage: 'UseDevelopmentStorage=true', WEBSITE_TIME_ZONE: timeZone } })], // biome-ignore format: one thought
    ['.funcignore', '.git*\n.vscode\nlocal.settings.json\nREADME.md\n'],
    ['README.md', readme(jobs, timeZone)],
  ]);
  for (const one of jobs) files.set(`functions/${one.job.name}.js`, functionOf(one));
  return files;
}

/** Where the app finds the handler and the studies; told apart from the imports of this program. */
const library = 'alambique/jobs';
const studies = '../studies/';

function functionOf({ job: { name, at = '' }, module, exported }: ExportedJob): string {
  const fields = at.trim().split(/\s+/);
  const schedule = [...(fields.length === 5 ? ['0'] : []), ...fields].join(' ');
  return `import { app } from '@azure/functions';
import { timerHandler } from '${library}';
import { ${exported} as job } from '${studies}${module}';

// The handler is a plain function; this line alone belongs to Azure.
app.timer('${name}', { schedule: '${schedule}', handler: timerHandler(job) });
`;
}

function packageOf({ program, packages }: AppOptions): object {
  return {
    name: 'alambique-jobs',
    private: true,
    type: 'module',
    main: 'functions/*.js',
    engines: { node: '>=20.19' },
    dependencies: { '@azure/functions': '^4.16.5', alambique: program, ...packages },
  };
}

function readme(jobs: readonly ExportedJob[], timeZone: string): string {
  return `# Jobs as Azure Functions

Made by \`alambique export azure-functions\`; make it again rather than edit it.

${jobs.map(({ job }) => `- \`${job.name}\`: ${job.at}, ${timeZone}`).join('\n')}

1. \`npm install\`, then \`func azure functionapp publish NAME\`.
2. Application settings: \`WEBSITE_TIME_ZONE=${timeZone}\`, the addresses of the databases that the copies name with \`env:\`, and those of
   the store (\`AZURE_STORAGE_CONNECTION_STRING\`). Without \`WEBSITE_TIME_ZONE\`, which Linux plans by consumption do not know, the
   clock is UTC: a copy then starts at another hour, and counts for the last date on which it was due.
3. Copy to \`az://…\`: the disk of a function is gone when it ends. \`host.json\` allows ten minutes, the most of a plan by consumption.

A run that failed or is quarantined fails the function, is logged as one line of JSON, and is told to \`ALAMBIQUE_ALERT_URL\`. A second start of
the same night does nothing.

What was tested: the files, and the handlers called as functions, without Azure. What was not: a run in the host of Azure Functions, its
timers, and publishing.
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
