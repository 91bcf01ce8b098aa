/** Runs cells one after another in one scope: compile, run, show the last expression. Knows no protocol and no process. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { runInThisContext } from 'node:vm';
import { type MimeBundle, mimeBundle } from '../display.js';
import { buildSentence } from './build-state.js';
import { type CellError, compileError, thrownError } from './cell-error.js';
import { type CellSource, cellSource } from './cell-source.js';
import { type Completion, completeAt } from './complete-at.js';
import { loadTslab, type Tslab, type TslabConversion } from './tslab.js';

/** How a cell ended. `result` is the last expression's value in its forms, where it has one. */
export type CellOutcome = { status: 'ok'; result?: MimeBundle } | ({ status: 'error' } & CellError);

/** A scope in which cells run, with the compiler's knowledge of it. */
export class CellSession {
  readonly typescriptVersion: string;
  readonly #root: string;
  readonly #tslab: Tslab;
  readonly #exports: Record<string, unknown> = {};
  readonly #require: NodeJS.Require;
  readonly #cells = new Map<string, CellSource>();
  #declarations = '';
  #scripts = 0;

  /** `root` is the project's folder: imports resolve from it, and the process should stand in it. */
  constructor(root: string) {
    this.#root = root;
    this.#tslab = loadTslab(root);
    this.typescriptVersion = this.#tslab.typescriptVersion;
    this.#require = createRequire(join(root, 'notebook.js'));
  }

  /** Runs one cell; `name` is how tracebacks call it. Never rejects: errors are outcomes. */
  async execute(code: string, name: string): Promise<CellOutcome> {
    let conversion: TslabConversion;
    try {
      conversion = this.#tslab.converter.convert(this.#declarations, code);
    } catch (crash) {
      const cell = cellSource(name, code, undefined);
      const error = thrownError(crash, cell, () => undefined);
      return {
        status: 'error',
        ...error,
        evalue: `the TypeScript compiler of tslab broke down: ${error.evalue}`,
      };
    }
    const cell = cellSource(name, code, this.#tslab.lastMaps());
    if (conversion.diagnostics.length > 0) {
      const error = compileError(cell, conversion.diagnostics);
      const unbuilt = conversion.diagnostics.some(({ messageText }) => /module 'alambique'/.test(messageText))
        ? buildSentence(this.#root)
        : undefined;
      return { status: 'error', ...error, ...(unbuilt ? { evalue: unbuilt, traceback: [unbuilt] } : {}) };
    }
    const script = `alambique-cell-${++this.#scripts}.js`;
    this.#cells.set(script, cell);
    try {
      await this.#run(conversion.output ?? '', script);
      this.#declarations = conversion.declOutput ?? '';
      return { status: 'ok', ...this.#result(conversion.lastExpressionVar) };
    } catch (thrown) {
      return { status: 'error', ...this.describeError(thrown, cell) };
    }
  }

  /** Anything thrown, with places in cells; without `cell` it is nobody's in particular. */
  describeError(thrown: unknown, cell: CellSource = cellSource('the notebook', '', undefined)): CellError {
    return thrownError(thrown, cell, (script) => this.#cells.get(script));
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

  /** Every cell is an async function, so that it may wait anywhere; its variables are properties of `exports`. */
  async #run(output: string, script: string): Promise<void> {
    const code = `(async function (exports, require) {\n${output}\n})`;
    const imported = [...output.matchAll(importedName)].map(([, name]) => name!);
    for (const name of imported) keep(this.#exports, name, this.#exports[name]);
    try {
      await runInThisContext(code, { filename: script })(this.#exports, this.#require);
    } finally {
      for (const name of imported) keep(this.#exports, name, this.#exports[name]);
    }
  }

  #result(variable: string | undefined): { result?: MimeBundle } {
    if (variable === undefined) return {};
    const value = this.#exports[variable];
    this.#exports[variable] = undefined;
    if (value === undefined) return {};
    // A text as a result is shown in quotes, as a value; `display` shows it bare.
    return { result: typeof value === 'string' ? { 'text/plain': inspect(value) } : mimeBundle(value) };
  }
}

/** Compiled, an imported name is a getter; a later cell may redefine it only if it is kept as a plain value. */
const importedName = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get/gm;

function keep(scope: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(scope, name, { value, writable: true, enumerable: true, configurable: true });
}
