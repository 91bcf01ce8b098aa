/** `alambique audit verify`: proves that the log of a study's predictions is as it was written. */
import { join } from 'node:path';
import { setting } from '../config/read-settings.js';
import { canonicalJson, type Json } from '../json.js';
import { formatIssue, Problem } from '../problem.js';
import { verifyPredictions } from '../store/read-predictions.js';
import { type Command, type Effects, exitCodes } from './command.js';
import { defaultReference } from './default-reference.js';

export const audit: Command = {
  name: 'audit',
  summary: 'Proves that no kept prediction was altered, removed or added since it was made.',
  arguments: 'verify [study]',
  mostArguments: 2,
  options: {
    folder: { type: 'string', value: 'path', help: 'where the log stands (data/predictions/<study>)' },
    json: { type: 'boolean', help: 'print what was found as JSON' },
  },
  async run({ values, positionals: [what, study] }, effects) {
    if (what !== 'verify') {
      throw new Problem({
        code: 'cli-arguments',
        what: 'what is to be done with the log is missing or not known',
        expected: '"alambique audit verify"',
      });
    }
    const folder = (values.folder as string | undefined) ?? logFolder(study, effects);
    const verdict = await verifyPredictions(folder);
    const { files, commits, records, erased, lost, uncommitted, whole, head, issues } = verdict;
    if (values.json) effects.out(`${canonicalJson(verdict as unknown as Json)}\n`);
    else {
      for (const issue of issues) effects.err(`${formatIssue(issue)}\n`);
      const lines = [
        `${records} predictions in ${commits} commits and ${files} files: ${issues.length === 0 ? 'the chain holds' : issues.length === 1 ? 'one thing is wrong' : `${issues.length} things are wrong`}.`,
        erased > 0 && `${erased} of them can no longer be read, as the persons asked whom they are about.`,
        lost > 0 && `${lost} more were made that could not be kept.`,
        uncommitted > 0 && `${uncommitted} at the end were not yet committed.`,
        !whole && 'Earlier days were removed, as retention asks; the chain begins after them.',
        commits > 0 && `Head: ${head}`,
      ];
      effects.out(`${lines.filter(Boolean).join('\n')}\n`);
    }
    return issues.length === 0 ? exitCodes.done : exitCodes.found;
  },
};

/** The folder of a study's log, by default of the study that is meant. Throws `audit-off` where none is kept. */
function logFolder(study: string | undefined, effects: Effects): string {
  const audit = setting('audit', effects);
  if (audit !== undefined) return join(audit, (study ?? defaultReference(effects)).replace(/@.*/, ''));
  throw new Problem({
    code: 'audit-off',
    what: 'no log is kept: ALAMBIQUE_AUDIT is "off"',
    remedy: 'name the folder of a log with --folder',
  });
}
