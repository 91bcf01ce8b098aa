/** Finds or makes the Python that the peers run in. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setting, thisPlace } from '../config/read-settings.js';
import { findRoot } from '../workspace.js';

/** Where Python is, or why there is none. */
export type FoundPython = { readonly path: string } | { readonly reason: string };

/**
 * The Python named by ALAMBIQUE_BENCH_PYTHON, else one of the bench's own in `.bench/python` with the packages of
 * `peers/requirements.txt`, made when it is missing or older than that list.
 */
export function findPython(folder: string, say: (line: string) => void): FoundPython {
  const named = setting('benchPython', thisPlace());
  if (named) return { path: named };
  const home = join(folder, 'python');
  const path = join(home, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const requirements = join(findRoot(), 'src', 'bench', 'peers', 'requirements.txt');
  const stamp = join(home, '.alambique-requirements');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { path };
  say(`Making a Python environment for the peers in ${home} …`);
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', home]],
    [path, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]],
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
