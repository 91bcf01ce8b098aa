/** `alambique export azure-functions`: the jobs with a time as an app whose timers run them. */
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { azureFunctions } from '../jobs/azure-functions.js';
import { formatIssue, Problem } from '../problem.js';
import { findRoot, ownPackage } from '../workspace.js';
import { type Command, exitCodes } from './command.js';

export const exportJobs: Command = {
  name: 'export',
  summary: 'Writes the jobs and copies that have a time as an app of Azure Functions.',
  arguments: 'azure-functions',
  mostArguments: 1,
  options: { output: { type: 'string', short: 'o', value: 'folder', help: 'a new folder for the app' } },
  async run({ values: { output }, positionals: [kind] }, effects) {
    if (kind !== 'azure-functions' || typeof output !== 'string') {
      throw new Problem({
        code: 'cli-arguments',
        what: 'it is not said what to write, and where',
        expected: 'alambique export azure-functions -o FOLDER',
      });
    }
    const folder = resolve(effects.workspace.root, output);
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new Problem({
        code: 'export-exists',
        what: 'there is something already',
        where: { file: folder },
        remedy: 'name another folder, or remove it',
      });
    }
    const { jobs, issues, origins } = await effects.jobs();
    for (const issue of issues) effects.err(`${formatIssue(issue)}\n`);
    const timed = jobs.flatMap((job) => {
      const origin = origins[job.name];
      if (job.at === undefined || origin === undefined) return [];
      if (job.command === undefined) return [{ job, ...origin }];
      effects.err(`"${job.name}" types a command, and stays with alambique work.\n`);
      return [];
    });
    const { root, studies } = effects.workspace;
    const { version, peerDependencies } = ownPackage();
    const files = azureFunctions(timed, {
      program: existsSync(join(findRoot(), 'src', 'index.ts')) ? `file:${findRoot()}` : version,
      // Whatever a job may load: drivers of databases and stores, readers of files.
      packages: peerDependencies,
    });
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    cpSync(join(root, 'dist', relative(root, studies)), join(folder, 'studies'), {
      recursive: true,
      filter: (path) => !/\.(d\.ts|test\.js)$/.test(path),
    });
    effects.out(
      `${timed.length} ${timed.length === 1 ? 'timer' : 'timers'} in ${folder}. Its README.md says what to set.\n`,
    );
    return exitCodes.done;
  },
};
