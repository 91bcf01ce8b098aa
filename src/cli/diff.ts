/** `alambique diff`: two versions of a notebook, cell by cell. */
import { resolve } from 'node:path';
import { diffNotebooks } from '../distil/diff.js';
import { gitVersion } from '../distil/git-version.js';
import { parseNotebook, readNotebook } from '../notebook/notebook.js';
import { Problem } from '../problem.js';
import { type Command, exitCodes, refuseUnused } from './command.js';

export const diff: Command = {
  name: 'diff',
  summary: 'Shows how a notebook differs from its committed version, or from another notebook.',
  arguments: '<notebook> [other notebook]',
  options: {
    revision: { type: 'string', value: 'commit', help: 'compare with this commit instead of the last one' },
  },
  async run({ values, positionals }, effects) {
    const [first, second] = positionals.map((path) => resolve(path));
    if (first === undefined || positionals.length > 2) {
      throw new Problem({ code: 'cli-arguments', what: 'diff takes one or two notebooks' });
    }
    if (second !== undefined) refuseUnused(values, ['revision'], 'it with one notebook');
    const revision = (values.revision as string | undefined) ?? 'HEAD';
    const [before, after] =
      second === undefined
        ? [parseNotebook(gitVersion(first, revision), `${first} at ${revision}`), readNotebook(first)]
        : [readNotebook(first), readNotebook(second)];
    const text = diffNotebooks(before, after);
    effects.out(text === '' ? 'The two say the same.\n' : `${text}\n`);
    return exitCodes.done;
  },
};
