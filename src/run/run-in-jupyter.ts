/** Runs a notebook with the real Jupyter: its client, its kernel manager, our kernelspec. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { kernelName } from '../lab/share.js';
import { mayFail, type Notebook, readNotebook, writeNotebook } from '../notebook/notebook.js';
import { Problem } from '../problem.js';
import type { NotebookRun, RunOptions } from './run-cells.js';

interface Outcome {
  kind: 'ok' | 'late' | 'died' | 'error';
  index: number | null;
  ename?: string;
  evalue?: string;
  message?: string;
}

/** As `runCells`, in Jupyter. `env` must let it find the kernel (`writeJupyterShare`). */
export async function runInJupyter(
  notebook: Notebook,
  options: RunOptions & { jupyter: string; env: NodeJS.ProcessEnv },
): Promise<NotebookRun> {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-notebook-'));
  const [source, target, told] = ['in.ipynb', 'out.ipynb', 'outcome.json'].map((name) => join(folder, name));
  const script = join(options.root, 'src', 'run', 'run-in-jupyter.py');
  try {
    writeNotebook(source!, notebook);
    const given = [script, source!, target!, told!, String(options.timeout), kernelName, options.root];
    const codeCells = notebook.cells.filter((cell) => cell.cell_type === 'code').length;
    // Jupyter keeps the limit of each cell; this one is for a Jupyter that hangs itself.
    const patience = (codeCells * options.timeout + 60) * 1000;
    const said = await runProgram(pythonOf(options.jupyter), given, { env: options.env, patience });
    if (!existsSync(told!)) {
      throw new Problem({
        code: 'notebook-no-kernel',
        what: `Jupyter could not run the notebook: ${said.trim()}`,
      });
    }
    const outcome = JSON.parse(readFileSync(told!, 'utf8')) as Outcome;
    const run = readNotebook(target!);
    const index = outcome.index ?? 0;
    const cell = run.cells[index]!;
    const failed = (what: string, error?: string): NotebookRun => {
      const line = lineIn(run, index);
      return { notebook: run, failure: { index, cell, what, line, error } };
    };
    if (outcome.kind === 'late') return failed(`did not end within ${options.timeout} s`);
    if (outcome.kind === 'error') return failed(`failed with ${outcome.ename}`, outcome.evalue);
    if (outcome.kind === 'died') return failed(`did not end: ${outcome.message}`, deathOf(run, index));
    const calm = run.cells.findIndex((one) => mayFail(one) && !one.outputs?.some(isError));
    if (calm < 0) return { notebook: run };
    const what = 'is tagged raises-exception but ran without an error';
    return { notebook: run, failure: { index: calm, cell: run.cells[calm]!, what } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The Python that a `jupyter` program runs with: beside it, or named in its first line. */
function pythonOf(jupyter: string): string {
  const beside = ['python', 'python3', 'python.exe'].map((name) => join(dirname(jupyter), name));
  const shebang = /^#!\s*(\S*python\S*)/.exec(readFileSync(jupyter, 'utf8').slice(0, 200))?.[1];
  return shebang ?? beside.find((path) => existsSync(path)) ?? 'python3';
}

function isError(output: { output_type: string }): boolean {
  return output.output_type === 'error';
}

function deathOf(notebook: Notebook, index: number): string | undefined {
  const error = notebook.cells[index]?.outputs?.find(isError);
  return error ? String(error.evalue) : undefined;
}

/** The line that the failing cell's traceback names. */
function lineIn(notebook: Notebook, index: number): number | undefined {
  const error = notebook.cells[index]?.outputs?.find(isError);
  const traceback = stripVTControlCharacters(String(error?.traceback ?? ''));
  const line = /^Cell \[\d+\], line (\d+)$/m.exec(traceback)?.[1];
  return line === undefined ? undefined : Number(line);
}

/** Runs a program to its end, or kills it; resolves with what it said on standard error. */
function runProgram(
  program: string,
  given: readonly string[],
  options: { env: NodeJS.ProcessEnv; patience: number },
): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, given, { env: options.env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), options.patience);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    child.on('close', () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}
