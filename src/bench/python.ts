/** Finds or makes a Python with the packages of a list: of the bench's peers, of the service's clients. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setting, thisPlace } from '../config/read-settings.js';
import { findRoot } from '../workspace.js';

/** Where Python is, or why there is none. */
export type FoundPython = { readonly path: string } | { readonly reason: string };

/** Which Python is wanted. */
export interface WantedPython {
  /** Where it stands, or is made; a path from the root of the repository, which git ignores. */
  readonly home: string;
  /** The list of its packages, as pip reads it; a path from the root, too. */
  readonly requirements: string;
  readonly say: (line: string) => void;
}

/** The Python named by ALAMBIQUE_BENCH_PYTHON, else one at `home`, made when it is missing or older than the list of its packages. */
export function findPython({ home: wantedHome, requirements, say }: WantedPython): FoundPython {
  const named = setting('benchPython', thisPlace());
  if (named) return { path: named };
  const home = join(findRoot(), wantedHome);
  const path = join(home, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const list = join(findRoot(), requirements);
  const stamp = join(home, '.alambique-requirements');
  const wanted = createHash('sha256').update(readFileSync(list)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { path };
  say(`Making a Python environment in ${home} …`);
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', home]],
    [path, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', list]],
  ];
  for (const [command, args] of steps) {
    const { error, status } = spawnSync(command, args, { stdio: 'inherit' });
    if (error) return { reason: `"${command}" cannot be started (${error.message})` };
    if (status !== 0)
      return { reason: `"${command} ${args.slice(0, 3).join(' ')}" ended with status ${status}` };
  }
  writeFileSync(stamp, wanted);
  return { path };
}
