/** Runs cells one after another in one scope: compile, run, show the last expression. Knows no protocol and no process. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { runInThisContext } from 'node:vm';
import { type MimeBundle, mimeBundle } from '../display.js';
import { buildSentence } from './build-state.js';
import { type CellError, compileError, thrownError, withHint } from './cell-error.js';
import { type OpenCell, openCell } from './cell-scope.js';
import { type CellSource, cellSource } from './cell-source.js';
import { type Completion, completeAt } from './complete-at.js';
import { compileHint, resultHint, thrownHint } from './hints.js';
import { refusedColumns } from './refused-columns.js';
import { loadTslab, type Tslab, type TslabConversion, type TslabDiagnostic } from './tslab.js';

/** How a cell ended. `result` is the last expression's value in its forms, where it has one. */
export type CellOutcome = { status: 'ok'; result?: MimeBundle } | ({ status: 'error' } & CellError);

interface RunningCell {
  open: OpenCell;
  /** The types of all variables once it has ended. */
  declarations: string;
}

/** A scope in which cells run, with the compiler's knowledge of it. */
export class CellSession {
  readonly typescriptVersion: string;
  readonly #root: string;
  readonly #tslab: Tslab;
  readonly #exports: Record<string, unknown> = {};
  readonly #require: NodeJS.Require;
  readonly #cells = new Map<string, CellSource>();
  readonly #cellOf = (script: string): CellSource | undefined => this.#cells.get(script);
  #declarations = '';
  #running: RunningCell | undefined;
  #scripts = 0;

  /** `root` is the project's folder: imports resolve from it, and the process should stand in it. */
  constructor(root: string) {
    this.#root = root;
    this.#tslab = loadTslab(root);
    this.typescriptVersion = this.#tslab.typescriptVersion;
    this.#require = createRequire(join(root, 'notebook.js'));
  }

  /** Compiles and runs one cell; `name` is how tracebacks call it. Never rejects: errors are outcomes. */
  async execute(code: string, name: string): Promise<CellOutcome> {
    const outcome = await this.compile(code, name).run();
    this.giveUp();
    return outcome;
  }

  /** Compiles one cell. What it returns runs the cell, or tells why it does not compile; `giveUp` must follow. */
  compile(code: string, name: string): { run(): Promise<CellOutcome> } {
    const failed = (error: CellError): { run(): Promise<CellOutcome> } => ({
      run: async () => ({ status: 'error', ...error }),
    });
    let conversion: TslabConversion;
    try {
      conversion = this.#tslab.converter.convert(this.#declarations, code);
    } catch (crash) {
      const error = thrownError(crash, { cell: cellSource(name, code, undefined), cells: () => undefined });
      return failed({ ...error, evalue: `the TypeScript compiler of tslab broke down: ${error.evalue}` });
    }
    const cell = cellSource(name, code, this.#tslab.lastMaps());
    if (conversion.diagnostics.length > 0) {
      const unbuilt = conversion.diagnostics.some(({ messageText }) => /module 'alambique'/.test(messageText))
        ? buildSentence(this.#root)
        : undefined;
      const error = compileError(cell, this.#inOurWords(conversion.diagnostics, code));
      const hint = compileHint(conversion.diagnostics.map(({ messageText }) => messageText));
      if (unbuilt) return failed({ ...error, evalue: unbuilt, traceback: [unbuilt] });
      return failed(withHint(error, hint));
    }
    return { run: () => this.#run(cell, conversion) };
  }

  async #run(cell: CellSource, conversion: TslabConversion): Promise<CellOutcome> {
    const script = `alambique-cell-${++this.#scripts}.js`;
    this.#cells.set(script, cell);
    const { output = '', declOutput = '' } = conversion;
    const running = { open: openCell(this.#exports, output), declarations: declOutput };
    this.#running = running;
    try {
      // Every cell is an async function, so that it may wait anywhere; its variables are properties of `exports`.
      const run = runInThisContext(`(async function (exports, require) {\n${output}\n})`, {
        filename: script,
      });
      await run(this.#exports, this.#require);
      const result = this.#result(conversion.lastExpressionVar);
      if (this.#running === running) this.#close(true);
      return { status: 'ok', ...result };
    } catch (thrown) {
      const error = thrownError(thrown, { cell, cells: this.#cellOf });
      const line = cell.code.split('\n')[(error.line ?? 0) - 1] ?? '';
      return { status: 'error', ...withHint(error, thrownHint(error, { line, variables: this.#exports })) };
    }
  }

  /** Ends a cell that did not come to its end, if there is one: what it has declared so far stays. */
  giveUp(): void {
    this.#close(false);
  }

  /** An error that reached no cell, with its place in the cell that it comes from, where its stack tells. */
  describeUnawaited(thrown: unknown): CellError {
    const error = thrownError(thrown, { cells: this.#cellOf });
    return withHint(error, 'No cell waited for this. Is an `await` missing before the call?');
  }

  /** What could stand at `position` (a UTF-16 offset) of `code`. */
  complete(code: string, position: number): Completion {
    return completeAt(this.#tslab.converter, { declarations: this.#declarations, code, position });
  }

  /** The type and documentation of what stands at `position`; undefined where nothing does. */
  inspect(code: string, position: number): string | undefined {
    const info = this.#tslab.converter.inspect(this.#declarations, code, position);
    return info ? this.#tslab.describe(info) : undefined;
  }

  /** Whether a line typed in a console is a whole cell; if not, how to indent the next one. */
  isComplete(code: string): { completed: boolean; indent?: string } {
    return this.#tslab.isCompleteCode(code);
  }

  /** The complaints about one place, where they are about a column that a feature may not use, as the library says it. */
  #inOurWords(complaints: readonly TslabDiagnostic[], code: string): TslabDiagnostic[] {
    // Of several schemas with such a column that one is meant which the cell names.
    const named = new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
    const [meant, others] = [true, false].map((isNamed) =>
      Object.entries(this.#exports).flatMap(([name, value]) => (named.has(name) === isNamed ? [value] : [])),
    ) as [unknown[], unknown[]];
    const places = new Map<string, TslabDiagnostic[]>();
    for (const one of complaints) {
      const place = `${one.fileName ?? ''}:${one.start.offset}`;
      places.set(place, [...(places.get(place) ?? []), one]);
    }
    return [...places.values()].flatMap((group) => {
      const messages = group.map(({ messageText }) => messageText);
      const sentences = refusedColumns(messages, [...meant, ...others]);
      const last = group[group.length - 1]!;
      return sentences.length === 0
        ? group
        : [...sentences, last.messageText.replace(/ Did you mean .*/, '')].map((messageText) => ({
            ...last,
            messageText,
          }));
    });
  }

  #close(isWhole: boolean): void {
    const cell = this.#running;
    if (!cell) return;
    this.#running = undefined;
    const lost = cell.open.close(isWhole);
    this.#declarations = isWhole
      ? cell.declarations
      : this.#tslab.keptDeclarations({ before: this.#declarations, after: cell.declarations, lost });
  }

  #result(variable: string | undefined): { result?: MimeBundle } {
    if (variable === undefined) return {};
    const value = this.#exports[variable];
    this.#exports[variable] = undefined;
    if (value === undefined) return {};
    // A text as a result is shown in quotes, as a value; `display` shows it bare.
    if (typeof value === 'string') return { result: { 'text/plain': inspect(value) } };
    const hint = resultHint(value);
    return { result: hint ? { 'text/plain': `${inspect(value)}\n${hint}` } : mimeBundle(value) };
  }
}
