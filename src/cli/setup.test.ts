/** The set-up: it installs and builds when something changed, not otherwise, and a failure leaves it undone. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { findRoot } from '../workspace.js';

// npm, the compilers, the bundler and the linter are stand-ins that only note that they were called; a shell script is npm here.
const skip = process.platform === 'win32' && 'the stand-in for npm is a shell script';
let root = '';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'alambique setup '));
  mkdirSync(join(root, 'src', 'cli'), { recursive: true });
  for (const name of ['setup.mjs', 'test-report.mjs'])
    copyFileSync(join(findRoot(), 'src', 'cli', name), join(root, 'src', 'cli', name));
  write('package-lock.json', '{}');
  write('tsconfig.json', '{}');
  write('src/one.ts', '1');
  write('serve/two.ts', '2');
  // npm puts a compiler there that "compiles" by copying, and fails where a source says so.
  write(
    'tools/tsc',
    `const fs = require('node:fs'), path = require('node:path');
     fs.appendFileSync('log', 'tsc\\n');
     let wrong = 0;
     for (const room of ['src', 'serve']) for (const name of fs.readdirSync(room, { recursive: true })) {
       if (!name.endsWith('.ts')) continue;
       const text = fs.readFileSync(path.join(room, name), 'utf8');
       if (text.includes('wrong')) wrong = 2;
       const out = path.join('dist', room, name.replace(/ts$/, 'js'));
       fs.mkdirSync(path.dirname(out), { recursive: true });
       fs.writeFileSync(out, text);
     }
     process.exit(wrong);`,
  );
  write('src/cli/kernels.mjs', `import fs from 'node:fs'; fs.appendFileSync('log', 'kernels\\n');`);
  write('src/cli/bundle.mjs', `import fs from 'node:fs'; fs.appendFileSync('log', 'bundle\\n');`);
  write('tools/biome', `require('node:fs').appendFileSync('log', 'biome\\n')`);
  write(
    'bin/npm',
    `#!/bin/sh
     echo "npm $1" >> log
     [ -e offline ] && exit 7
     rm -rf node_modules
     mkdir -p node_modules/typescript/bin node_modules/@biomejs/biome/bin
     cp tools/tsc node_modules/typescript/bin/
     cp tools/biome node_modules/@biomejs/biome/bin/`,
  );
  chmodSync(join(root, 'bin', 'npm'), 0o755);
});
afterEach(() => rmSync(root, { recursive: true }));

/** The exit code, what was said, and which tools were called. */
function setUp(...args: string[]): { code: number | null; said: string; called: string[] } {
  rmSync(join(root, 'log'), { force: true });
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'src', 'cli', 'setup.mjs'), ...args],
    {
      cwd: tmpdir(),
      env: { ...env, PATH: `${join(root, 'bin')}${delimiter}${process.env.PATH}` },
      encoding: 'utf8',
    },
  );
  const log = existsSync(join(root, 'log')) ? readFileSync(join(root, 'log'), 'utf8') : '';
  return { code: status, said: stdout + stderr, called: log.split('\n').filter(Boolean) };
}

test('a fresh clone is installed and built; after that nothing is done until something changes', {
  skip,
}, () => {
  assert.deepEqual(setUp().called, ['npm ci', 'tsc', 'kernels', 'bundle']);
  const again = setUp();
  assert.deepEqual([again.code, again.said, again.called], [0, '', []]);

  write('src/new.ts', 'new');
  assert.deepEqual(setUp().called, ['tsc', 'kernels', 'bundle']);
  utimesSync(join(root, 'serve', 'two.ts'), 1, 1);
  assert.deepEqual(setUp().called, ['tsc', 'kernels', 'bundle']);
  rmSync(join(root, 'src', 'new.ts'));
  assert.deepEqual(setUp().called, ['tsc', 'kernels', 'bundle']);
  assert.ok(!existsSync(join(root, 'dist', 'src', 'new.js')), 'what has no source any more is gone');
  assert.ok(existsSync(join(root, 'dist', 'src', 'one.js')));

  write('package-lock.json', '{"changed":true}');
  assert.deepEqual(setUp().called, ['npm ci', 'tsc', 'kernels', 'bundle']);
  rmSync(join(root, 'node_modules'), { recursive: true });
  assert.deepEqual(setUp().called, ['npm ci']);
  rmSync(join(root, 'dist'), { recursive: true });
  assert.deepEqual(setUp().called, ['tsc', 'kernels', 'bundle']);
});

test('what failed is done again next time, even where the sources look as they did before', { skip }, () => {
  write('offline', '');
  assert.deepEqual([setUp().code, setUp().called], [7, ['npm ci']]);
  rmSync(join(root, 'offline'));
  assert.equal(setUp().code, 0);

  const file = join(root, 'src', 'one.ts');
  utimesSync(file, 1000, 1000);
  assert.equal(setUp().code, 0);
  appendFileSync(file, 'wrong');
  assert.deepEqual([setUp().code, setUp().called], [2, ['tsc']]);
  writeFileSync(file, '1');
  utimesSync(file, 1000, 1000);
  assert.deepEqual(setUp().called, ['tsc', 'kernels', 'bundle']);
  assert.equal(readFileSync(join(root, 'dist', 'src', 'one.js'), 'utf8'), '1');
});

test('--test lints, then runs the tests whose path holds one of the words, and says where none does', {
  skip,
}, () => {
  const passes = (name: string): string => `require('node:fs').appendFileSync('log', '${name}\\n');`;
  write('src/a/first.test.ts', passes('first'));
  write('serve/second.test.ts', passes('second'));
  assert.deepEqual(setUp('--test').called.sort(), [
    'biome',
    'bundle',
    'first',
    'kernels',
    'npm ci',
    'second',
    'tsc',
  ]);
  assert.deepEqual(setUp('--test', 'src/a').called, ['biome', 'first']);
  assert.deepEqual(setUp('--test', '!first').called, ['biome', 'second']);
  const none = setUp('--test', 'third');
  assert.deepEqual([none.code, none.called], [1, ['biome']]);
  assert.match(none.said, /No test file matches third\./);
  // The path that the project happens to lie at is no part of a test's path.
  assert.equal(setUp('--test', 'alambique').code, 1);
  write('src/a/first.test.ts', 'process.exit(1)');
  assert.equal(setUp('--test', 'first').code, 1);
});

test('the output ends with warnings, skips, the failures in full and the sum; what passes prints nothing', {
  skip,
}, () => {
  const head = `const { test } = require('node:test');`;
  write('src/good.test.ts', `${head} test('fine', () => console.log('chatter'));`);
  write(
    'src/mixed.test.ts',
    `${head} test('later', { skip: 'no data here' }, () => {});
     test('both', async (t) => {
       await t.test('broken', () => { console.log('a clue'); require('node:assert').strictEqual(1, 2); });
     });
     process.emitWarning('old ways', 'DeprecationWarning');`,
  );
  const good = setUp('--test', 'good');
  assert.equal(good.code, 0);
  assert.match(good.said, /^\n1 passed, 0 failed, 0 skipped\n/);
  const mixed = setUp('--test', 'mixed', 'good');
  assert.equal(mixed.code, 1);
  assert.deepEqual(
    mixed.said.split('\n').filter((line) => /^\S|^ {2}(dist|a clue|1 !==)/.test(line)),
    [
      '✖ dist/src/mixed.test.js:3: broken',
      'Warnings',
      '  dist/src/mixed.test.js: DeprecationWarning: old ways',
      'Skipped',
      '  dist/src/mixed.test.js: later: no data here',
      '✖ dist/src/mixed.test.js:3: broken',
      '  1 !== 2',
      'dist/src/mixed.test.js said',
      '  a clue',
      '1 passed, 1 failed, 1 skipped',
    ],
  );
});
