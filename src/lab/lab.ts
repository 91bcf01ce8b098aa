/** `npm run lab`: JupyterLab with the notebooks open and the TypeScript kernel in it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { NotebookEffects } from '../notebook/effects.js';
import { findNotebooks } from '../notebook/find-notebooks.js';
import { workspace } from '../workspace.js';
import { checkKernel } from './check.js';
import { checkInBrowser } from './check-browser.js';
import { needJupyter } from './jupyter.js';
import { kernelName, writeJupyterShare } from './share.js';

/** The options of `lab`. */
export interface LabOptions {
  /** Only prove that the kernel starts in Jupyter and runs a cell that imports the package. */
  check?: boolean;
  /** Only look at these notebooks (by default all) in a browser: run, figures, saved, reopened, as nbconvert's page. */
  checkBrowser?: readonly string[];
  /** Passed on to `jupyter lab` as they are. */
  rest?: readonly string[];
}

/** Starts JupyterLab and resolves with its exit code; throws a `Problem` where there is none to start. */
export async function lab(options: LabOptions, effects: NotebookEffects): Promise<number> {
  const { root, notebooks } = workspace();
  const { jupyter, from } = needJupyter(root, effects);
  const env = writeJupyterShare(root, effects.env);
  if (options.check) return checkKernel({ root, jupyter, env }, effects);
  if (options.checkBrowser) {
    const paths = options.checkBrowser.length > 0 ? options.checkBrowser : [notebooks];
    const screenshots = join(root, '.jupyter', 'screenshots');
    const given = { root, jupyter, env, notebooks: findNotebooks(paths), screenshots, timeout: 300 };
    const failed = await checkInBrowser(given, effects);
    effects.out(`Screenshots are in ${relative(root, screenshots)}.\n`);
    return failed > 0 ? 1 : 0;
  }
  effects.err(`Starting JupyterLab of ${from}; Ctrl-C ends it.\n`);
  const page = existsSync(notebooks) ? '/lab/tree/notebooks' : '/lab';
  const given = [
    'lab',
    `--ServerApp.root_dir=${root}`,
    `--LabApp.default_url=${page}`,
    `--MultiKernelManager.default_kernel_name=${kernelName}`,
    // In a container one is root, and Jupyter would not start.
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
    ...(options.rest ?? []),
  ];
  const child = spawn(jupyter, given, { cwd: root, env, stdio: 'inherit' });
  // Ctrl-C reaches Jupyter by itself, which asks back; this program only waits.
  const wait = (): void => {};
  process.on('SIGINT', wait);
  const end = (): void => void child.kill('SIGTERM');
  process.on('SIGTERM', end);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', wait);
    process.off('SIGTERM', end);
  }
}
