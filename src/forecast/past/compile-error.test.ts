import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import type ts from 'typescript';
import { findRoot } from '../../workspace.js';

const typescript = createRequire(import.meta.url)('typescript') as typeof ts;
const room = join(findRoot(), 'dist', 'src', 'forecast').replaceAll('\\', '/');

const cell = `
import { pastFeatures } from '${room}/past/past-recipe.js';
import type { PanelSchema } from '${room}/panel/panel-schema.js';
declare const shop: PanelSchema<'department', 'promotion', 'visitors'>;
pastFeatures(shop, { attributes: ['department'], ahead: ['promotion'], pooled: ['store', 'department'] });
pastFeatures(shop, { attributes: ['visitors'] });
pastFeatures(shop, { ahead: ['visitors'] });
`;

test('features that name a column of after do not compile, and are told the columns they may', () => {
  const options: ts.CompilerOptions = {
    target: typescript.ScriptTarget.ES2022,
    module: typescript.ModuleKind.CommonJS,
    moduleResolution: typescript.ModuleResolutionKind.Node10,
    lib: ['lib.es2022.d.ts'],
    types: [],
    noEmit: true,
    skipLibCheck: true,
  };
  const host = typescript.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === '/cell.ts'
      ? typescript.createSourceFile(name, cell, typescript.ScriptTarget.ES2022)
      : read(name, ...rest);
  const program = typescript.createProgram(['/cell.ts'], options, host);
  const errors = program.getSemanticDiagnostics(program.getSourceFile('/cell.ts'));
  assert.deepEqual(
    errors.map(({ messageText }) => typescript.flattenDiagnosticMessageText(messageText, '\n')),
    [
      `Type '"visitors"' is not assignable to type '"department"'.`,
      `Type '"visitors"' is not assignable to type '"promotion"'.`,
    ],
  );
});
