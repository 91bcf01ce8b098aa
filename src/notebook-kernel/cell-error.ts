/** An error as a cell shows it: name, message, and a traceback that names the cell's own lines. */
import { inspect } from 'node:util';
import type { CellPlace, CellSource } from './cell-source.js';
import type { TslabDiagnostic } from './tslab.js';

/** What went wrong in a cell, as data for the protocol and for runners. */
export interface CellError {
  ename: string;
  evalue: string;
  /** With terminal colours, as notebooks show it; one block, of which a converter breaks no line. */
  traceback: [string];
  /** What to do about it, where that can be told: a sentence. It stands at the end of the traceback, too. */
  hint?: string;
  /** The cell that it comes from, where that may be another than the one that ran: "Cell [3]". */
  from?: string;
  /** Where in that cell, if it is known: 1-based. */
  line?: number;
  column?: number;
}

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
const green = (text: string): string => `\u001b[32m${text}\u001b[39m`;
const mostFrames = 8;

/** What the compiler says of a cell that exports, for the kernel exports its variables once more. */
const exportedTwice = new Set([2323, 2484]);
const noExport =
  'a cell exports nothing: later cells see all of its variables. To give it to the study, begin it with `//| export`.';

/** The compiler's complaints about a cell, each with its line; nothing of the cell has run. */
export function compileError(cell: CellSource, complaints: readonly TslabDiagnostic[]): CellError {
  const exporting = complaints.find(({ code }) => exportedTwice.has(code));
  const diagnostics = exporting ? [{ ...exporting, messageText: noExport }] : complaints;
  const first = diagnostics[0]!;
  const traceback = [`${red('CompileError')}: ${first.messageText}`];
  let shown = '';
  for (const [i, diagnostic] of diagnostics.entries()) {
    const place = { line: diagnostic.start.line + 1, column: diagnostic.start.character + 1 };
    const where = `${diagnostic.fileName ?? cell.name}, line ${place.line}`;
    // The compiler explains itself in several complaints about one place; the place is shown once.
    if (where !== shown) {
      traceback.push('', green(where));
      if (diagnostic.fileName === undefined) traceback.push(...excerpt(cell.code, place));
    }
    if (i > 0) traceback.push(diagnostic.messageText);
    shown = where;
  }
  const own = first.fileName === undefined;
  return {
    ename: 'CompileError',
    evalue: [...new Set(diagnostics.map((diagnostic) => diagnostic.messageText))].join('\n'),
    traceback: [traceback.join('\n')],
    ...(own ? { line: first.start.line + 1, column: first.start.character + 1 } : {}),
  };
}

/** Something thrown, by `cell` where that is known. `cells` finds any earlier cell by the name of its script. */
export function thrownError(
  thrown: unknown,
  { cell, cells }: { cell?: CellSource; cells: (script: string) => CellSource | undefined },
): CellError {
  if (!(thrown instanceof Error) && !isErrorLike(thrown)) {
    const text = inspect(thrown);
    return { ename: 'Thrown', evalue: text, traceback: [`${red('Thrown')}: ${text}`] };
  }
  const frames = framesOf(thrown, cells);
  const own = frames.find((frame) => frame.cell && (!cell || frame.cell === cell));
  const ename = String(thrown.name || 'Error');
  // Compiled, a variable of the cells is a property of `exports`, which nobody has written.
  const evalue = String(thrown.message).replace(/^exports\.(?=\w)/, '');
  const traceback = [`${red(ename)}: ${evalue}`];
  if (own?.cell && own.place)
    traceback.push(
      '',
      green(`${own.cell.name}, line ${own.place.line}`),
      ...excerpt(own.cell.code, own.place),
    );
  // What a user can mend says so in its message; where in the library it was noticed would only distract.
  if (ename !== 'Problem') {
    const others = frames.filter((frame) => frame.text !== undefined).slice(0, mostFrames);
    if (others.length > 0) traceback.push('', ...others.map((frame) => `    ${frame.text}`));
  }
  if (thrown.cause !== undefined) traceback.push('', `Caused by ${inspect(thrown.cause, { depth: 1 })}`);
  const from = cell ? undefined : own?.cell?.name;
  return { ename, evalue, traceback: [traceback.join('\n')], ...(from && { from }), ...own?.place };
}

/** The error with a sentence that says what to do about it, where there is one. */
export function withHint(error: CellError, hint: string | undefined): CellError {
  if (hint === undefined) return error;
  return { ...error, hint, traceback: [`${error.traceback[0]}\n\n${hint}`] };
}

interface Frame {
  text?: string;
  cell?: CellSource;
  place?: CellPlace;
}

function framesOf(error: Error, cells: (script: string) => CellSource | undefined): Frame[] {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .filter((line) => !/\/notebook-kernel\/|\(?node:|\(<anonymous>\)$/.test(line))
    .map((line): Frame => {
      const found = /^(at .*?)\(?(alambique-cell-\d+\.js):(\d+):(\d+)\)?$/.exec(line);
      if (!found) return { text: line };
      const cell = cells(found[2]!);
      const place = cell?.placeOf(Number(found[3]), Number(found[4]));
      if (!cell || !place) return {};
      const called = found[1]!.trim().replace(/^at (async )?(eval|Object\.<anonymous>)?$/, 'at');
      return { cell, place, text: `${called} ${cell.name}, line ${place.line}`.replace('at Object.', 'at ') };
    });
}

function excerpt(code: string, place: CellPlace): string[] {
  const lines = code.split('\n');
  const from = Math.max(1, place.line - 2);
  const to = Math.min(lines.length, place.line + 1);
  const width = String(to).length;
  const out: string[] = [];
  for (let line = from; line <= to; line++) {
    const own = line === place.line;
    const text = `${own ? '>' : ' '} ${String(line).padStart(width)} | ${lines[line - 1]}`;
    out.push(own ? red(text) : text);
    if (own) out.push(red(`  ${' '.repeat(width)} | ${' '.repeat(place.column - 1)}^`));
  }
  return out;
}

function isErrorLike(value: unknown): value is Error {
  return Object.prototype.toString.call(value) === '[object Error]';
}
