/** `alambique studies`: the studies of the workspace, found by looking into `src/studies`. */
import { canonicalJson } from '../json.js';
import { formatIssue, Problem } from '../problem.js';
import { formatTable } from '../table/format-table.js';
import { type Command, exitCodes } from './command.js';

export const studies: Command = {
  name: 'studies',
  summary:
    'Lists the studies that stand in src/studies: each file NAME.ts or NAME/study.ts that exports one.',
  mostArguments: 0,
  options: { json: { type: 'boolean', help: 'print them as JSON' } },
  async run({ values }, effects) {
    const found: { name: string; title: string; module: string; data: string }[] = [];
    for (const [name, load] of Object.entries(effects.studies)) {
      try {
        const { title, module, data } = await load();
        found.push({ name, title, module: module?.path ?? '', data: data.file });
      } catch (error) {
        // One that cannot be loaded must not hide the others.
        if (!(error instanceof Problem)) throw error;
        for (const issue of error.issues)
          if (issue.code !== 'cli-jobs-only') effects.err(`${formatIssue(issue)}\n`);
      }
    }
    if (values.json) effects.out(`${canonicalJson(found)}\n`);
    else if (found.length === 0) effects.out('There is no study in src/studies.\n');
    else {
      const rows = found.map(({ name, title, data, module }) => [name, title, data, module]);
      effects.out(`${formatTable(rows, { header: ['study', 'title', 'data', 'module'] })}\n`);
    }
    return exitCodes.done;
  },
};
