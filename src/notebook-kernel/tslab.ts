/** Loads tslab's converter (cell → JavaScript) with what a kernel needs and tslab leaves off: source maps, a still view of the files, whole names. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { EmitAndSemanticDiagnosticsBuilderProgram as Builder, CustomTransformers } from 'typescript';
import { mendNames, type NodeApi } from './earlier-names.js';
import { keptDeclarations, type ParserApi } from './kept-declarations.js';

/** A place in a cell: 0-based line and character. */
export interface TslabPosition {
  offset: number;
  line: number;
  character: number;
}

/** One complaint of the compiler; `fileName` is absent where it is the cell itself. */
export interface TslabDiagnostic {
  start: TslabPosition;
  end: TslabPosition;
  messageText: string;
  category: number;
  code: number;
  fileName?: string;
}

/** A compiled cell. `declOutput` carries the types of all variables so far; it goes into the next `convert`. */
export interface TslabConversion {
  diagnostics: TslabDiagnostic[];
  output?: string;
  declOutput?: string;
  lastExpressionVar?: string;
}

export interface TslabCompletion {
  start: number;
  end: number;
  candidates: string[];
  original?: { entries?: { name: string; kind: string }[] };
}

export interface TslabConverter {
  convert(previousDeclarations: string, code: string): TslabConversion;
  complete(previousDeclarations: string, code: string, position: number): TslabCompletion;
  inspect(previousDeclarations: string, code: string, position: number): unknown;
  close(): void;
}

/** The converter, and the map from its last output back to the TypeScript before it. */
export interface Tslab {
  converter: TslabConverter;
  isCompleteCode(code: string): { completed: boolean; indent?: string };
  describe(quickInfo: unknown): string;
  /** The declarations after a cell that did not come to its end. */
  keptDeclarations(given: { before: string; after: string; lost: ReadonlySet<string> }): string;
  typescriptVersion: string;
  /** Source maps of the last conversion, innermost last: cell → ES module → CommonJS. */
  lastMaps(): { toModule: string; toCommonJs: string } | undefined;
}

interface WatchHost {
  afterProgramCreate?(builder: Builder): void;
}

interface TypeScript extends NodeApi, ParserApi {
  version: string;
  sys: object;
  createWatchCompilerHost(files: string[], options: object, ...rest: unknown[]): WatchHost;
  createWatchProgram(host: WatchHost): unknown;
  transpileModule(
    code: string,
    options: { compilerOptions: object },
  ): { outputText: string; sourceMapText?: string };
}

/**
 * Loads tslab from `root`'s node_modules; the process must already stand in `root`, from which imports resolve.
 * tslab offers no options for this, so its own copy of the compiler is given to it with four functions changed.
 */
export function loadTslab(root: string): Tslab {
  const fromTslab = createRequire(createRequire(join(root, 'package.json')).resolve('tslab/package.json'));
  const compilerPath = fromTslab.resolve('@tslab/typescript-for-tslab');
  const compiler = fromTslab(compilerPath) as TypeScript;
  let maps: { toModule: string; toCommonJs: string } | undefined;
  const changed: TypeScript = {
    ...compiler,
    // The front door's types stay loaded from the start, so that the first import is not the slow one.
    createWatchCompilerHost: (files, options, ...rest) =>
      compiler.createWatchCompilerHost(
        [...files, ...frontDoor(root)],
        // tslab's own way of waiting at the top of a cell cannot read `for await` and `await (await x).y()`.
        { ...options, inlineSourceMap: true, disableTopLevelAwait: false },
        ...rest,
      ),
    createWatchProgram: (host) => {
      const take = host.afterProgramCreate;
      host.afterProgramCreate = (builder) => {
        mendEmit(compiler, builder);
        take?.(builder);
      };
      return compiler.createWatchProgram(host);
    },
    transpileModule: (code, options) => {
      const result = compiler.transpileModule(code, {
        ...options,
        compilerOptions: { ...options.compilerOptions, sourceMap: true },
      });
      maps = { toModule: code, toCommonJs: result.sourceMapText ?? '' };
      return result;
    },
    // Values come from modules loaded once, so types may not change under them either: no file is watched.
    sys: {
      ...compiler.sys,
      watchFile: () => ({ close: () => {} }),
      watchDirectory: () => ({ close: () => {} }),
    },
  };
  fromTslab.cache[compilerPath]!.exports = changed;
  const { createConverter, isCompleteCode } = fromTslab('./dist/converter.js') as {
    createConverter(options: object): TslabConverter;
    isCompleteCode: Tslab['isCompleteCode'];
  };
  const { printQuickInfo } = fromTslab('./dist/inspect.js') as { printQuickInfo(info: unknown): string };
  return {
    converter: createConverter({ isJS: false, isBrowser: false }),
    isCompleteCode,
    describe: printQuickInfo,
    keptDeclarations: (given) => keptDeclarations(compiler, given),
    typescriptVersion: compiler.version,
    lastMaps: () => maps,
  };
}

/** Names are mended before any other change that the builder's emit makes to a cell. */
function mendEmit(compiler: TypeScript, builder: Builder): void {
  const { emit } = builder;
  builder.emit = (file, write, cancel, typesOnly, transformers: CustomTransformers = {}) => {
    const before = [
      mendNames(compiler, builder.getProgram().getTypeChecker()),
      ...(transformers.before ?? []),
    ];
    return emit.call(builder, file, write, cancel, typesOnly, { ...transformers, before });
  };
}

function frontDoor(root: string): string[] {
  const types = join(root, 'dist', 'src', 'index.d.ts');
  return existsSync(types) ? [types] : [];
}
