/** The workspace is found from the program's own place, wherever it was started. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { test } from 'node:test';
import { findRoot, programVersion, workspace } from './workspace.js';

test('the root does not hang on the working directory', () => {
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
