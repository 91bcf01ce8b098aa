/** Somebody's own workspace in a new folder, in which the package is installed; for tests only. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../config/environment.js';
import { findRoot } from '../workspace.js';

/** The folder of the workspace, whose package has this name. Who makes it removes it. */
export function makeWorkspace(name: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `alambique-${name}-`)));
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(findRoot(), join(root, 'node_modules', 'alambique'));
  writeFileSync(join(root, 'package.json'), `{ "name": "${name}", "type": "module" }\n`);
  return root;
}

/** The command line's program. */
export const program: string = join(findRoot(), 'dist', 'src', 'cli', 'main.js');

/** Types a command in a folder of a workspace, with nothing of this machine's settings; what came of it. */
export function typeCommand(
  args: readonly string[],
  { root, cwd = root }: { root: string; cwd?: string },
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: environment.PATH, HOME: root },
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}
