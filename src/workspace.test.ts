/** The program is found from its own place, the workspace from the current folder. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { test } from 'node:test';
import { findRoot, programVersion, workspace, workspaceRoot } from './workspace.js';

test('the program does not hang on the working directory', () => {
  const here = process.cwd();
  const root = findRoot();
  process.chdir(tmpdir());
  try {
    assert.equal(findRoot(), root);
  } finally {
    process.chdir(here);
  }
  assert.ok(existsSync(join(root, 'src', 'workspace.ts')));
  assert.match(programVersion(), /^alambique \d+\.\d+\.\d+$/);
});

test('every room on disk lies under the root that was given', () => {
  const { root, ...rooms } = workspace(join(tmpdir(), 'elsewhere'));
  assert.equal(root, join(tmpdir(), 'elsewhere'));
  for (const path of Object.values(rooms)) assert.ok(isAbsolute(path) && path.startsWith(root));
});

test('the workspace is the nearest folder upwards with a package.json, else the current one', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alambique-')));
  const deep = join(folder, 'src', 'studies');
  try {
    mkdirSync(deep, { recursive: true });
    assert.equal(workspaceRoot(deep), deep);
    writeFileSync(join(folder, 'package.json'), '{}');
    assert.equal(workspaceRoot(deep), folder);
    assert.equal(workspace(workspaceRoot(deep)).models, join(folder, 'data', 'models'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
