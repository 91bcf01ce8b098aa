/** What npm packs is small and whole: installed in an empty folder its entries run, and both compilers see their types. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type ts from 'typescript';
import { findRoot } from '../workspace.js';

const root = findRoot();
const folder = mkdtempSync(join(tmpdir(), 'alambique installed '));
const windows = process.platform === 'win32';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}
let packed: Packed;

before(() => {
  const npm = (...args: string[]): string =>
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', shell: windows, stdio: 'pipe' });
  [packed] = JSON.parse(npm('pack', root, '--json', '--ignore-scripts')) as [Packed];
  // The two packages it needs are those of this project, so that no network is needed.
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const needed = Object.keys(dependencies).map((name) => join(root, 'node_modules', name));
  npm('install', '--omit=dev', '--ignore-scripts', '--offline', `./${packed.filename}`, ...needed);
});
after(() => rmSync(folder, { recursive: true }));

const program = `
import { auc } from 'alambique';
import { createClient } from 'alambique/client';
import { bars } from 'alambique/figures';
import { createApp } from 'alambique/serve';

const client = createClient('http://127.0.0.1:3000');
export const answer = client.predict({ age: 69 }).then(({ probability }) => probability?.toFixed(2)).catch(() => 'none');
console.log(auc.name, bars.name, typeof createApp);
`;

test('neither tests nor what only this project needs is packed', () => {
  const wrong = packed.files
    .map(({ path }) => path)
    .filter((path) =>
      /^dist\/src\/(bench|testing|studies)\/|\/fixtures\/|\.test\.|-checks\.|\.ipynb$/.test(path),
    );
  assert.deepEqual(wrong, []);
});

test('the entries are imported by their names, and the program runs', () => {
  writeFileSync(join(folder, 'program.mjs'), program);
  const node = (...args: string[]): string =>
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  assert.equal(node('program.mjs'), 'AUC bars function\n');
  assert.match(
    node(join('node_modules', 'alambique', 'src', 'cli', 'alambique.mjs'), '--help'),
    /^Usage: alambique/m,
  );
});

test('types are found by today’s resolution, and by that of the notebook’s compiler', () => {
  const require = createRequire(import.meta.url);
  const today = require('typescript') as typeof ts;
  const notebook = require('@tslab/typescript-for-tslab') as typeof ts;
  writeFileSync(join(folder, 'program.mts'), program);
  writeFileSync(join(folder, 'program.ts'), program);
  const { NodeNext } = today.ModuleKind;
  const seen = [
    wrongTypes(today, 'program.mts', {
      module: NodeNext,
      moduleResolution: today.ModuleResolutionKind.NodeNext,
    }),
    wrongTypes(notebook, 'program.ts', {
      module: notebook.ModuleKind.ESNext,
      moduleResolution: notebook.ModuleResolutionKind.Node10,
    }),
  ];
  assert.deepEqual(seen, [[], []]);
});

function wrongTypes(compiler: typeof ts, file: string, options: ts.CompilerOptions): string[] {
  const made = compiler.createProgram([join(folder, file)], {
    ...{ strict: true, noEmit: true, skipLibCheck: true, target: compiler.ScriptTarget.ES2022 },
    ...{ types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] },
    ...options,
  });
  return compiler
    .getPreEmitDiagnostics(made)
    .map(({ messageText }) => compiler.flattenDiagnosticMessageText(messageText, '\n'));
}
