/** Somebody's own workspace in a new folder, in which the package is installed; for tests only. */
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRoot } from '../workspace.js';

/** The folder of the workspace, whose package has this name. Who makes it removes it. */
export function makeWorkspace(name: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `alambique-${name}-`)));
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(findRoot(), join(root, 'node_modules', 'alambique'));
  writeFileSync(join(root, 'package.json'), `{ "name": "${name}", "type": "module" }\n`);
  return root;
}
