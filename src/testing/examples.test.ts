/** Every example of a docstring compiles strictly and runs, and every value of the front door has one. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type ts from 'typescript';
import * as frontDoor from '../index.js';
import { formatCsv } from '../table/csv/format-csv.js';
import { findRoot } from '../workspace.js';
import * as data from './example-data.js';

const typescript = createRequire(import.meta.url)('typescript') as typeof ts;
const root = findRoot();

interface Example {
  readonly file: string;
  readonly name: string;
  readonly code: string;
}

/** The examples of a source, each with the name of the export that it stands above. */
function examplesIn(file: string): Example[] {
  const text = readFileSync(join(root, file), 'utf8');
  const documented =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport (?:default )?(?:async )?(?:function|const|class) (\w+)/g;
  return [...text.matchAll(documented)].flatMap(([, doc, name]) =>
    doc!
      .replace(/^ *\* ?/gm, '')
      .split(/^@/m)
      .filter((part) => part.startsWith('example'))
      .map((part) => ({ file, name: name!, code: part.slice('example'.length).trim() })),
  );
}

const examples = ['src', 'serve'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .flatMap((name) => examplesIn(join(room, name))),
);

/** A module of all examples as functions: they may use the whole front door, the made data, and what they document. */
function moduleOf(): string {
  const known = [...Object.keys(frontDoor), ...Object.keys(data)];
  const others = examples.filter(({ name }) => !known.includes(name));
  const bodies = examples.map(({ file, name, code }) => {
    // `value // → text` says how the value prints.
    const checked = code.replace(
      /^(.*\S) *\/\/ → (.*)$/gm,
      (_, value: string, text: string) => `shows(${value.replace(/;$/, '')}, ${JSON.stringify(text)});`,
    );
    return `  ${JSON.stringify(`${file}: ${name}`)}: async () => {\n${checked}\n},`;
  });
  return [
    `import assert from 'node:assert/strict';`,
    `import { inspect } from 'node:util';`,
    `import { ${Object.keys(frontDoor).join(', ')} } from 'alambique';`,
    `import { ${Object.keys(data).join(', ')} } from '../src/testing/example-data.js';`,
    ...new Set(
      others.map(({ file, name }) => `import { ${name} } from '../${file.replace(/\.ts$/, '.js')}';`),
    ),
    'const shows = (value: unknown, text: string): void => assert.equal(inspect(value), text);',
    `export const examples: Record<string, () => Promise<void>> = {\n${bodies.join('\n')}\n};`,
  ].join('\n');
}

const folder = join(root, 'dist', 'examples');
const elsewhere = mkdtempSync(join(tmpdir(), 'alambique examples '));
const here = process.cwd();
before(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'examples.mts'), moduleOf());
  // Examples read the file of the calls, and write beside it.
  process.chdir(elsewhere);
  writeFileSync('calls.csv', formatCsv(data.calls.table));
});
after(() => {
  process.chdir(here);
  rmSync(elsewhere, { recursive: true });
  rmSync(folder, { recursive: true });
});

test('the front door offers at most 100 values, and every one has an example', () => {
  assert.ok(Object.keys(frontDoor).length <= 100, `${Object.keys(frontDoor).length} values`);
  const shown = new Set(examples.map(({ name }) => name));
  assert.deepEqual(
    Object.keys(frontDoor).filter((name) => !shown.has(name)),
    [],
  );
});

test('the examples compile strictly and run', async (t) => {
  const program = typescript.createProgram([join(folder, 'examples.mts')], {
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    target: typescript.ScriptTarget.ES2022,
    module: typescript.ModuleKind.NodeNext,
    types: ['node'],
    typeRoots: [join(root, 'node_modules', '@types')],
  });
  const problems = typescript.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? file.text.slice(file.text.lastIndexOf('\n', start) + 1).split('\n')[0] : '';
    return `${line}: ${typescript.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
  assert.deepEqual(problems, []);
  program.emit();
  const module = await import(pathToFileURL(join(folder, 'examples.mjs')).href);
  for (const [name, run] of Object.entries<() => Promise<void>>(module.examples)) await t.test(name, run);
});
