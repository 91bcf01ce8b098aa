/** Finds the Jupyter of this machine, or makes one inside the project: `.jupyter/venv`, git-ignored. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { NotebookEffects } from '../notebook/effects.js';
import { Problem } from '../problem.js';

/** The versions that a Python environment of the project's own gets. */
const packages = ['jupyterlab>=4.2,<5', 'nbconvert>=7.16,<8'];
const windows = process.platform === 'win32';

/** The programs of one Jupyter installation. */
export interface Jupyter {
  /** Path of the `jupyter` program. */
  jupyter: string;
  /** Where it came from, as people say it. */
  from: string;
}

/** The Jupyter to use: one on the PATH that has JupyterLab, or the project's own. */
export function findJupyter(root: string, env: NodeJS.ProcessEnv): Jupyter | undefined {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && isProgram(folder, 'jupyter-lab') && isProgram(folder, 'jupyter')) {
      return { jupyter: join(folder, program('jupyter')), from: 'the PATH' };
    }
  }
  const own = join(root, '.jupyter', 'venv', windows ? 'Scripts' : 'bin');
  return isProgram(own, 'jupyter-lab')
    ? { jupyter: join(own, program('jupyter')), from: '.jupyter/venv' }
    : undefined;
}

/** Finds Jupyter, or makes it with pip. Throws a `Problem` (`lab-no-python`, `lab-no-jupyter`) that says what to install. */
export function needJupyter(root: string, effects: NotebookEffects): Jupyter {
  const found = findJupyter(root, effects.env);
  if (found) return found;
  const folder = join(root, '.jupyter', 'venv');
  const python = ['python3', 'python', 'py'].find((name) => canMakeEnvironments(name));
  if (python === undefined) {
    throw new Problem({
      code: 'lab-no-python',
      what: 'JupyterLab is not on this machine, and no Python was found that could install it',
      expected: '`jupyter-lab` on the PATH, or Python 3.9 or newer with its venv module',
      remedy: 'install Python (on Debian: `apt install python3-venv`) and run the command again',
    });
  }
  effects.err(
    'JupyterLab is not on this machine: installing it into .jupyter/venv (once, about a minute) …\n',
  );
  const bin = join(folder, windows ? 'Scripts' : 'bin');
  const steps: [string, string[]][] = [
    [python, ['-m', 'venv', folder]],
    [
      join(bin, program('python')),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
    ],
  ];
  for (const [command, given] of steps) {
    const result = spawnSync(command, given, { stdio: ['ignore', 'inherit', 'inherit'], env: effects.env });
    if (result.status === 0) continue;
    rmSync(folder, { recursive: true, force: true });
    throw new Problem({
      code: 'lab-no-jupyter',
      what: `JupyterLab could not be installed into .jupyter/venv (\`${given.slice(0, 3).join(' ')}\` failed, see above)`,
      remedy:
        'install JupyterLab yourself (`pip install jupyterlab`) so that `jupyter-lab` is on the PATH, and run again',
    });
  }
  const made = findJupyter(root, effects.env);
  if (!made) throw new Error('pip installed JupyterLab, but .jupyter/venv has no jupyter-lab.');
  return made;
}

function canMakeEnvironments(python: string): boolean {
  const check = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))';
  return spawnSync(python, ['-c', check], { stdio: 'ignore' }).status === 0;
}

function program(name: string): string {
  return windows ? `${name}.exe` : name;
}

function isProgram(folder: string, name: string): boolean {
  const path = join(folder, program(name));
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
