/** A file as git has it. */
import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { Problem } from '../problem.js';

/** The text of `file` at a revision, by default the last commit. Throws `git-no-version` where git has none. */
export function gitVersion(file: string, revision = 'HEAD'): string {
  const given = ['show', `${revision}:./${basename(file)}`];
  const result = spawnSync('git', given, { cwd: dirname(file), encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status === 0) return result.stdout;
  throw new Problem({
    code: 'git-no-version',
    what: `git has no version of the file at ${revision}`,
    where: { file },
    got: (result.stderr ?? String(result.error)).trim().split('\n')[0],
  });
}
