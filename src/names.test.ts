/** One word for one thing: names of files, types, functions and options keep to the words of CONTRIBUTING.md. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { findRoot } from './workspace.js';

const root = findRoot();

/** What no name may hold: a word, or where a kind is said, the whole name of such a thing. */
interface Avoided {
  readonly word: string;
  readonly kind?: 'type' | 'function';
}

/** Names that keep such a word, with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  whileLocked: 'a lock of a folder, which is what the field calls it',
};

const avoided = [...section('Words').matchAll(/^\| (?!not\b|-)([^|]+) \|/gm)].flatMap(([, cell]) =>
  cell!.split(',').map((entry): Avoided => {
    const [, word, kind] = /^\s*`?([\w-]+)`?(?: \((type|function)\))?\s*$/.exec(entry) ?? assert.fail(entry);
    return { word: word!, ...(kind !== undefined && { kind: kind as 'type' | 'function' }) };
  }),
);

/** Every name that a reader of the code meets, with what it names. */
interface Named {
  readonly name: string;
  readonly kind: 'file' | 'type' | 'function' | 'option';
  readonly file: string;
}

test('no file, type, function or option is called by a word that has a better one', () => {
  assert.ok(avoided.length >= 15);
  const names = ['src', 'serve'].flatMap(namesIn);
  for (const kind of ['file', 'type', 'function', 'option'])
    assert.ok(names.filter((named) => named.kind === kind).length > 200, kind);
  const wrong = names
    .filter((named) => !Object.hasOwn(exceptions, named.name) && avoided.some((word) => breaks(named, word)))
    .map(({ name, kind, file }) => `${kind} ${name} in ${file}`);
  assert.deepEqual(wrong, []);
  const stale = Object.keys(exceptions).filter((name) => !names.some((named) => named.name === name));
  assert.deepEqual(stale, [], 'exceptions that nothing needs any more');
});

test('a name is looked at word by word', () => {
  const breaksAny = (name: string, kind: Named['kind']): boolean =>
    avoided.some((word) => breaks({ name, kind, file: '' }, word));
  assert.deepEqual(
    ['leaderboard', 'investigate', 'navigate', 'scores', 'aggregate'].filter((name) =>
      breaksAny(name, 'function'),
    ),
    [],
  );
  assert.deepEqual(
    ['openGate', 'AskedRow', 'near-twins', 'lockBox', 'LessonList'].filter(
      (name) => !breaksAny(name, 'type'),
    ),
    [],
  );
  assert.ok(breaksAny('Score', 'type') && !breaksAny('Score', 'function'));
  assert.ok(breaksAny('callsPerDay', 'option') && !breaksAny('actionsPerDay', 'option'));
});

test('a type of the front doors has one meaning: no other room exports one of its name', () => {
  const doors = ['index', 'serving'].map((door) => readFileSync(join(root, 'src', `${door}.ts`), 'utf8'));
  const open = new Set(doors.flatMap((text) => [...text.matchAll(/\btype (\w+)/g)].map(([, name]) => name!)));
  assert.ok(open.size > 50);
  const places = new Map<string, string[]>();
  for (const path of sourcesIn('src')) {
    const code = readFileSync(join(root, path), 'utf8');
    for (const [, name] of code.matchAll(/^export (?:interface|type|class) (\w+)/gm))
      if (open.has(name!)) places.set(name!, [...(places.get(name!) ?? []), path]);
  }
  assert.deepEqual(
    [...places].filter(([, files]) => files.length > 1),
    [],
  );
});

/** The part of CONTRIBUTING.md under this heading. */
function section(heading: string): string {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, part] = text.split(`## ${heading}\n`);
  return (part ?? assert.fail(heading)).split('\n## ')[0]!;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
}

function namesIn(folder: string): Named[] {
  return sourcesIn(folder).flatMap((file) => {
    const found: Named[] = [{ name: basename(file, '.ts'), kind: 'file', file }];
    const add = (name: ts.Node | undefined, kind: Named['kind']): void => {
      if (name && ts.isIdentifier(name)) found.push({ name: name.text, kind, file });
    };
    const visit = (node: ts.Node): void => {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node))
        add(node.name, 'type');
      else if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) add(node.name, 'function');
      else if (ts.isVariableDeclaration(node) && node.initializer && isFunction(node.initializer))
        add(node.name, 'function');
      else if (ts.isPropertySignature(node) || ts.isMethodSignature(node)) add(node.name, 'option');
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ES2022, true));
    return found;
  });
}

function isFunction(node: ts.Expression): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function breaks({ name, kind }: Named, { word, kind: only }: Avoided): boolean {
  if (only !== undefined) return kind === only && name === word;
  return `-${wordsOf(name)}-`.includes(`-${wordsOf(word)}-`);
}

/** `lockBox` and `lock-box` as "lock-box". */
function wordsOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
