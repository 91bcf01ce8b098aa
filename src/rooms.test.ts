/** The arrows between the rooms, enforced: imports go down only, and nothing is imported around the front door. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { findRoot } from './workspace.js';

const root = findRoot();

/** The rows of the table in src/README.md under this heading: a name, and the names that it may import. */
function mapOf(heading: string): Readonly<Record<string, readonly string[]>> {
  const map = readFileSync(join(root, 'src', 'README.md'), 'utf8');
  const [, table = ''] = map.split(`| ${heading} | what it is | imports |`);
  const rows = table.trim().split('\n\n')[0]!.split('\n').slice(1);
  return Object.fromEntries(
    rows.map((row) => {
      const [, name, , may] = /^\| \[([\w-]+)\]\(.*?\) \| (.*) \|(.*)\|$/.exec(row) ?? assert.fail(row);
      return [
        name,
        may!
          .split(',')
          .map((word) => word.trim())
          .filter(Boolean),
      ];
    }),
  );
}

/** Which rooms a room may import, beside itself and the base files of `src/`; "*" for all. */
const arrows = mapOf('room');

/** Base files, which every room may import and which know nothing of rooms, and what they may import. */
const baseArrows = mapOf('base file');
const base = Object.keys(baseArrows);

/** Files that re-export what stands in the rooms: for notebooks, and for the service alone. */
const doors = ['index', 'serving'];

/** The rooms of notebooks: tools of a workspace, which no service needs. */
const notebookRooms = ['notebook', 'notebook-kernel', 'lab', 'run', 'distil'];

interface Import {
  from: string;
  to: string;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name))
    .map((name) => join(root, folder, name))
    .sort();
}

function imports(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const pattern = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+|alambique(?:\/[^'"]+)?)['"]/g;
  // A test of the kernel holds cells as text, and cells do import the package by its name.
  const found = [...text.matchAll(pattern)].filter(([, target]) => !isPackage(target!) || !isTest(file));
  return found.map(([, target]) => ({
    from: relative(root, file),
    to: isPackage(target!)
      ? target!
      : relative(root, resolve(dirname(file), target!)).replace(/\.js$/, '.ts'),
  }));
}

function isPackage(target: string): boolean {
  return /^alambique(\/|$)/.test(target);
}

/** The room of a path in `src/`: its folder, or for a file of `src/` itself its name. */
function room(path: string): string {
  const [, first = ''] = path.split(sep);
  return first.replace(/(\.test)?\.ts$/, '');
}

const isTest = (path: string): boolean => path.endsWith('.test.ts') || /-checks\.ts$/.test(path);

test('imports between the rooms of src go down only', () => {
  const wrong = sources('src')
    .flatMap(imports)
    .filter(({ from, to }) => {
      const here = room(from);
      const there = room(to);
      if (isPackage(to)) return here !== 'studies' || !/^alambique(\/(clients|forecast|jobs))?$/.test(to);
      if (!to.startsWith(`src${sep}`)) return true;
      if (here === there || base.includes(there))
        return base.includes(here) && here !== there && !(baseArrows[here] ?? []).includes(there);
      if (isTest(from)) return there === 'cli' && here !== 'cli';
      const allowed = arrows[here] ?? [];
      return !(allowed.includes('*') || allowed.includes(there));
    })
    .map(({ from, to }) => `${from} imports ${to}`);
  assert.deepEqual(wrong, []);
});

test('the map has every room of src, and no other', () => {
  const paths = sources('src').map((path) => relative(root, path));
  const rooms = new Set(paths.filter((path) => !isTest(path)).map(room));
  assert.deepEqual([...rooms].sort(), [...Object.keys(arrows), ...base].sort());
});

test('the service knows src by its own door only', () => {
  const wrong = sources('serve')
    .flatMap(imports)
    .filter(
      ({ from, to }) => !to.startsWith(`serve${sep}`) && to !== join('src', 'serving.ts') && !isTest(from),
    );
  assert.deepEqual(wrong, []);
});

test('the doors only re-export', () => {
  for (const door of doors) {
    const text = readFileSync(join(root, 'src', `${door}.ts`), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    const statements = text
      .split(';')
      .map((part) => part.trim())
      .filter(Boolean);
    assert.deepEqual(
      statements.filter((statement) => !/^export\b[\s\S]*\bfrom '\.\//.test(statement)),
      [],
      door,
    );
  }
});

test('no file imports itself over others, not even for a type', () => {
  const circles: string[] = [];
  const finished = new Set<string>();
  const follow = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    else if (!finished.has(file)) {
      for (const { to } of existsSync(join(root, file)) ? imports(join(root, file)) : [])
        follow(to, [...path, file]);
      finished.add(file);
    }
  };
  for (const file of [...sources('src'), ...sources('serve')]) follow(relative(root, file), []);
  assert.deepEqual(circles, []);
});

test('a start of the service loads no race, audit or study', () => {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const code = readFileSync(join(root, file), 'utf8');
    for (const [, names, target] of code.matchAll(/^(?:import|export) ([^;]*?)from '(\.[^']+)';/gm)) {
      // Types alone are gone once it is compiled.
      if (/^type |^\{(?: *type \w+,?\s*)+\}/.test(names!)) continue;
      load(relative(root, resolve(dirname(join(root, file)), target!)).replace(/\.js$/, '.ts'));
    }
  };
  load(join('serve', 'main.ts'));
  assert.ok(loaded.has(join('src', 'study', 'artefact.ts')));
  const needless = ['index', 'leakage', 'simulate', 'studies', 'cli', ...notebookRooms];
  assert.deepEqual(
    [...loaded].filter((file) => file.startsWith('src') && needless.includes(room(file))),
    [],
  );
  assert.deepEqual(
    [...loaded].filter((file) => /run-study|evaluate.(race|compare|protocols)|tune.search/.test(file)),
    [],
  );
});

test('notebooks import the package by its name', () => {
  const wrong: string[] = [];
  for (const name of readdirSync(join(root, 'notebooks'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ipynb') || name.includes('.ipynb_checkpoints')) continue;
    const { cells } = JSON.parse(readFileSync(join(root, 'notebooks', name), 'utf8')) as {
      cells: { cell_type: string; source: string | string[] }[];
    };
    for (const cell of cells.filter(({ cell_type }) => cell_type === 'code')) {
      const source = Array.isArray(cell.source) ? cell.source.join('') : cell.source;
      if (/from\s+['"]\.{1,2}\//.test(source)) wrong.push(name);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the environment is read in one place', () => {
  const wrong = [...sources('src'), ...sources('serve')]
    .map((path) => relative(root, path))
    .filter((path) => !isTest(path) && path !== join('src', 'config', 'environment.ts'))
    .filter((path) =>
      /\bprocess\.env\b|\benv\b[^;]*from 'node:process'/.test(readFileSync(join(root, path), 'utf8')),
    );
  assert.deepEqual(wrong, []);
});

test('no source uses the clock, the dice of the machine, or runs text', () => {
  const allowed = [
    'src/cli',
    'src/store',
    'src/jobs',
    'src/bench',
    'src/lab',
    'src/run',
    'src/notebook-kernel',
    'serve',
  ].map((path) => path.replaceAll('/', sep));
  const wrong = [...sources('src'), ...sources('serve')]
    .map((path) => relative(root, path))
    .filter((path) => !isTest(path))
    .flatMap((path) => {
      const code = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      const dice = /Math\.random|\beval\(|new Function\(/.test(code);
      const clock =
        /Date\.now\(|new Date\(\)|performance\.now\(/.test(code) &&
        !allowed.some((folder) => path.startsWith(folder));
      return dice || clock ? [path] : [];
    });
  assert.deepEqual(wrong, []);
});
