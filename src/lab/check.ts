/** Proves, without a browser, that Jupyter starts the kernel and that a cell can import the package. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NotebookEffects } from '../notebook/effects.js';
import { type Notebook, readNotebook, writeNotebook } from '../notebook/notebook.js';
import { kernelDisplayName, kernelName } from './share.js';

const packageName = 'alambique';
const cell = `import * as all from '${packageName}';
Object.keys(all).length > 0 ? 'the package is here' : 'the package is empty';`;

/** Runs one cell through the real `jupyter`; resolves with an exit code and says what happened. */
export function checkKernel(
  given: { root: string; jupyter: string; env: NodeJS.ProcessEnv },
  effects: NotebookEffects,
): number {
  // Outside the project on purpose: the kernel must find it from any folder.
  const folder = mkdtempSync(join(tmpdir(), 'alambique-check-'));
  const file = join(folder, 'check.ipynb');
  const done = join(folder, 'done.ipynb');
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: kernelName, display_name: kernelDisplayName, language: 'typescript' } },
    cells: [
      { cell_type: 'code', id: 'check', metadata: {}, source: cell, execution_count: null, outputs: [] },
    ],
  };
  try {
    writeNotebook(file, notebook);
    const args = ['nbconvert', '--to', 'notebook', '--execute', '--output', done, file];
    const result = spawnSync(given.jupyter, args, { env: given.env, encoding: 'utf8', timeout: 150_000 });
    if (result.status !== 0) {
      effects.err(
        `Jupyter could not run a cell that imports the package:\n${result.stderr || result.error}\n`,
      );
      return 1;
    }
    const [checked] = readNotebook(done).cells;
    const shown = JSON.stringify(checked?.outputs ?? []);
    if (!shown.includes('the package is here') || checked?.execution_count !== 1) {
      effects.err(`The cell that imports the package answered ${shown}.\n`);
      return 1;
    }
    effects.out('The kernel starts in Jupyter, and a cell imports the package.\n');
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
