import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import type * as TypeScript from 'typescript';
import { findRoot } from '../workspace.js';

const require = createRequire(import.meta.url);
const room = join(findRoot(), 'dist', 'src', 'features').replaceAll('\\', '/');

/** A cell as a notebook's kernel compiles it: against the built declarations, not strict. */
const cell = `
import { features } from '${room}/recipe.js';
import { bins } from '${room}/bins.js';
import { cross } from '${room}/cross.js';
import { oneHot } from '${room}/one-hot.js';
import { scale } from '${room}/scale.js';
import { signedLog } from '${room}/signed-log.js';
import type { Schema } from '${room}/../schema/schema.js';
declare const bank: Schema<'age' | 'job' | 'month', 'duration'>;
features(bank, [oneHot('job', bins(['age'], { count: 10 }), cross('job', 'month')), scale('age', signedLog('age'))]);
features(bank, [scale('duration')]);
`;

/** Line and text of each error. */
function compile(ts: typeof TypeScript): { line: number; text: string }[] {
  const options: TypeScript.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    lib: ['lib.es2022.d.ts'],
    types: [],
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === '/cell.ts' ? ts.createSourceFile(name, cell, ts.ScriptTarget.ES2022) : read(name, ...rest);
  const program = ts.createProgram(['/cell.ts'], options, host);
  const source = program.getSourceFile('/cell.ts')!;
  return program.getSemanticDiagnostics(source).map(({ start, messageText }) => ({
    line: source.getLineAndCharacterOfPosition(start!).line,
    text: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
}

// The project's own compiler, and the frozen one inside the notebook kernel.
for (const compiler of ['typescript', '@tslab/typescript-for-tslab']) {
  const skip = isInstalled(compiler) ? false : `${compiler} is not installed`;
  test(`under ${compiler}, a cell that scales a late column does not compile, and is told the columns it may`, {
    skip,
  }, () => {
    const errors = compile(require(compiler) as typeof TypeScript);
    assert.deepEqual(
      errors.map(({ line }) => line),
      [10],
    );
    assert.match(
      errors[0]!.text,
      /Type '"duration"' is not assignable to type '("(age|job|month)"( \| )?){3}'/,
    );
  });
}

function isInstalled(name: string): boolean {
  try {
    return require.resolve(name) !== '';
  } catch {
    return false;
  }
}
