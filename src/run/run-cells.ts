/** Runs a notebook's cells from the top, in plain Node, and keeps what they put out. */

import { mayFail, type Notebook, type NotebookCell } from '../notebook/notebook.js';
import type { CellOutcome } from '../notebook-kernel/cell-session.js';
import { startSession } from '../notebook-kernel/session.js';
import { Problem } from '../problem.js';
import type { CellFailure } from './failure.js';
import { cellOutputs } from './outputs.js';

/** How a notebook was run. On failure the cells behind the failing one have no outputs. */
export interface NotebookRun {
  notebook: Notebook;
  failure?: CellFailure;
}

/** The options of every engine. */
export interface RunOptions {
  /** The project's folder. */
  root: string;
  /** The longest that one cell may take, in seconds. */
  timeout: number;
}

/** Runs all code cells in a process of their own, which is gone afterwards. Never writes to disk. */
export async function runCells(notebook: Notebook, options: RunOptions): Promise<NotebookRun> {
  const session = startSession(options.root);
  const cells: NotebookCell[] = notebook.cells.map((cell) =>
    cell.cell_type === 'code' ? { ...cell, execution_count: null, outputs: [] } : cell,
  );
  const run = { ...notebook, cells };
  try {
    await session.ready.catch((error: Error) => {
      throw new Problem({
        code: 'notebook-no-kernel',
        what: error.message,
        remedy: 'run `npm ci` and `npm run build`; the message above says what is missing',
      });
    });
    let count = 0;
    for (const [index, cell] of cells.entries()) {
      if (cell.cell_type !== 'code' || cell.source.trim() === '') continue;
      count++;
      const outputs = cellOutputs();
      session.onOutput(outputs.take);
      cell.execution_count = count;
      const ended = await within(
        options.timeout,
        session.ask({ ask: 'execute', code: cell.source, name: `Cell [${count}]` }),
      );
      if (ended !== 'late' && !(ended instanceof Error)) outputs.end(ended, count);
      cell.outputs = outputs.all();
      const failure = failureOf(ended, { cell, index, timeout: options.timeout });
      if (failure) return { notebook: run, failure };
    }
    return { notebook: run };
  } finally {
    session.kill();
    await session.ended;
  }
}

function failureOf(
  ended: CellOutcome | 'late' | Error,
  at: { cell: NotebookCell; index: number; timeout: number },
): CellFailure | undefined {
  const { cell, index } = at;
  if (ended === 'late') return { index, cell, what: `did not end within ${at.timeout} s` };
  if (ended instanceof Error) return { index, cell, what: `did not end: ${ended.message}` };
  if (ended.status === 'ok') {
    return mayFail(cell)
      ? { index, cell, what: 'is tagged raises-exception but ran without an error' }
      : undefined;
  }
  if (mayFail(cell)) return undefined;
  return { index, cell, what: `failed with ${ended.ename}`, line: ended.line, error: ended.evalue };
}

/** The outcome, or 'late' after so many seconds, or the reason why there will be none. */
async function within(seconds: number, outcome: Promise<CellOutcome>): Promise<CellOutcome | 'late' | Error> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), seconds * 1000);
  });
  try {
    return await Promise.race([outcome.catch((error: Error) => error), late]);
  } finally {
    clearTimeout(timer);
  }
}
