/** Runs a notebook's cells from the top, in plain Node, and keeps what they put out. */

import { mayFail, type Notebook, type NotebookCell } from '../notebook/notebook.js';
import type { CellError } from '../notebook-kernel/cell-error.js';
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
    const ran: RanCell[] = [];
    let unawaited: CellError | undefined;
    for (const [index, cell] of cells.entries()) {
      if (cell.cell_type !== 'code' || cell.source.trim() === '') continue;
      const count = ran.length + 1;
      const name = `Cell [${count}]`;
      const outputs = cellOutputs();
      session.onOutput((output) => {
        outputs.take(output);
        if (output.kind === 'unawaited') unawaited ??= output.error;
      });
      ran.push({ cell, index, name });
      cell.execution_count = count;
      const ended = await within(options.timeout, session.ask({ ask: 'execute', code: cell.source, name }));
      if (ended !== 'late' && !(ended instanceof Error)) outputs.end(ended, count);
      cell.outputs = outputs.all();
      const failure = failureOf(ended, { ran, timeout: options.timeout }) ?? failureLater(unawaited, ran);
      if (failure) return { notebook: run, failure };
    }
    const settled = await within(options.timeout, session.ask({ ask: 'settle' }));
    const failure =
      failureLater(unawaited, ran) ?? failureToSettle(settled, { ran, timeout: options.timeout });
    return { notebook: run, ...(failure && { failure }) };
  } finally {
    session.kill();
    await session.ended;
  }
}

/** A cell that has begun, by its place among all cells and its name in tracebacks. */
interface RanCell {
  cell: NotebookCell;
  index: number;
  name: string;
}

/** Of the cell that ran last; an error may come from an earlier one that did not wait for what it started. */
function failureOf(
  ended: CellOutcome | 'late' | Error,
  { ran, timeout }: { ran: readonly RanCell[]; timeout: number },
): CellFailure | undefined {
  const { cell, index } = ran[ran.length - 1]!;
  if (ended === 'late') return { index, cell, what: `did not end within ${timeout} s` };
  if (ended instanceof Error) return { index, cell, what: `did not end: ${ended.message}` };
  if (ended.status === 'ok') {
    return mayFail(cell)
      ? { index, cell, what: 'is tagged raises-exception but ran without an error' }
      : undefined;
  }
  return mayFail(cell) ? undefined : failureFrom(ended, ran);
}

/** Of a cell that has ended: something that it started and did not wait for has failed since. */
function failureLater(error: CellError | undefined, ran: readonly RanCell[]): CellFailure | undefined {
  const failure = error && failureFrom(error, ran);
  return failure && !mayFail(failure.cell) ? failure : undefined;
}

function failureFrom({ ename, evalue, hint, from, line }: CellError, ran: readonly RanCell[]): CellFailure {
  const { cell, index } = ran.find(({ name }) => name === from) ?? ran[ran.length - 1]!;
  return { index, cell, what: `failed with ${ename}`, line, error: evalue, hint };
}

/** Of the last cell, where what the cells have started goes on and on, or ends the process. */
function failureToSettle(
  settled: object | 'late' | Error,
  { ran, timeout }: { ran: readonly RanCell[]; timeout: number },
): CellFailure | undefined {
  const last = ran[ran.length - 1];
  if (!last || (settled !== 'late' && !(settled instanceof Error))) return undefined;
  const what =
    settled === 'late'
      ? `is the last, and something that the cells started still ran ${timeout} s after it: wait for it, or end it`
      : `has ended, but not well: ${settled.message}`;
  return { index: last.index, cell: last.cell, what };
}

/** The outcome, or 'late' after so many seconds, or the reason why there will be none. */
async function within<Answer>(seconds: number, outcome: Promise<Answer>): Promise<Answer | 'late' | Error> {
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
