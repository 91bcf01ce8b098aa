/** `npm run notebooks`: runs notebooks from the top, two at a time at most, and says which cell failed and why. */
import { relative } from 'node:path';
import { needJupyter } from '../lab/jupyter.js';
import { writeJupyterShare } from '../lab/share.js';
import { cleanNotebook } from '../notebook/clean.js';
import type { NotebookEffects } from '../notebook/effects.js';
import { findNotebooks } from '../notebook/find-notebooks.js';
import { missingData, neededData } from '../notebook/needed-data.js';
import { type Notebook, readNotebook, writeNotebook } from '../notebook/notebook.js';
import { listNames, Problem } from '../problem.js';
import { workspace } from '../workspace.js';
import { formatFailure } from './failure.js';
import { declaredParameters, injectParameters } from './parameters.js';
import { type NotebookRun, runCells } from './run-cells.js';
import { runInJupyter } from './run-in-jupyter.js';

/** The options of `notebooks`. */
export interface NotebooksOptions {
  /** Files or folders, from the current folder; by default the project's `notebooks/`. */
  paths?: readonly string[];
  /** 'node' needs no Python; 'jupyter' is the real one. By default 'node'. */
  engine?: 'node' | 'jupyter';
  /** The longest that one cell may take, in seconds; by default 120. */
  timeout?: number;
  /** Given to notebooks that declare a parameter `data`. */
  data?: 'simulated' | 'real';
  /** Write the outputs into the notebooks, cleaned, up to a cell that fails. Without it no notebook changes. */
  save?: boolean;
}

const mostAtOnce = 2;

/**
 * Runs them in order and resolves with 0 where all ended well. A failing one does not keep the others from running; one whose data
 * are not here is skipped, and said to be.
 */
export async function runNotebooks(options: NotebooksOptions, effects: NotebookEffects): Promise<number> {
  const { root, notebooks } = workspace();
  const files = findNotebooks(options.paths?.length ? options.paths : [notebooks]);
  if (files.length === 0) {
    effects.out('There is no notebook to run.\n');
    return 0;
  }
  const engine = options.engine ?? 'node';
  const jupyter = engine === 'jupyter' ? needJupyter(root, effects).jupyter : undefined;
  const env = jupyter ? writeJupyterShare(root, effects.env) : effects.env;
  const timeout = options.timeout ?? 120;
  let failed = 0;
  let skipped = 0;

  const runOne = async (file: string): Promise<void> => {
    const name = relative(root, file);
    const began = performance.now();
    try {
      let notebook = readNotebook(file);
      const reason = whySkipped(notebook, { data: options.data, env: effects.env });
      if (reason !== undefined) {
        skipped++;
        effects.out(`${name}: skipped, for ${reason}.\n`);
        return;
      }
      if (options.data && (await declaredParameters(notebook)).some((one) => one.name === 'data')) {
        notebook = await injectParameters(notebook, { data: options.data }, name);
      }
      const run: NotebookRun = jupyter
        ? await runInJupyter(notebook, { root, timeout, jupyter, env })
        : await runCells(notebook, { root, timeout });
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      if (options.save) writeNotebook(file, cleanNotebook(run.notebook));
      if (run.failure) {
        failed++;
        effects.err(`${formatFailure(name, run.failure)}\n`);
        if (options.save)
          effects.err('  What ran until then is saved; the cells behind it have no outputs.\n');
        return;
      }
      effects.out(`${name}: ran in ${seconds} s.\n`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failed++;
      effects.err(`${name}: ${error.message}\n`);
    }
  };

  const waiting = [...files];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await runOne(file);
  };
  await Promise.all(Array.from({ length: mostAtOnce }, worker));
  if (skipped > 0) effects.out(`${skipped} of ${files.length} notebooks skipped.\n`);
  if (failed > 0) effects.err(`${failed} of ${files.length} notebooks failed.\n`);
  return failed > 0 ? 1 : 0;
}

/** Why a notebook cannot run here, as a clause; undefined where it can. */
function whySkipped(
  notebook: Notebook,
  { data, env }: Pick<NotebooksOptions, 'data'> & Pick<NotebookEffects, 'env'>,
): string | undefined {
  const needed = neededData(notebook);
  if (data === 'simulated' && needed.length > 0) return `nothing simulates ${listNames(needed)}`;
  const missing = missingData(notebook, { env });
  return missing.length === 0
    ? undefined
    : `neither data/raw nor the folder of ALAMBIQUE_DATA holds ${listNames(missing)}`;
}
