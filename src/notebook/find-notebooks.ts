/** The notebooks of a folder or of a list of paths. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem } from '../problem.js';
import { workspace } from '../workspace.js';

/** All notebooks under the paths, in the order of their names; throws a `Problem` for a path that does not exist. */
export function findNotebooks(paths: readonly string[]): string[] {
  const found: string[] = [];
  const look = (path: string): void => {
    if (path.endsWith('.ipynb')) found.push(path);
    else if (statSync(path).isDirectory()) {
      for (const entry of readdirSync(path).sort()) {
        const inside = join(path, entry);
        if (!entry.startsWith('.') && (entry.endsWith('.ipynb') || statSync(inside).isDirectory()))
          look(inside);
      }
    }
  };
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0 && missing.length === paths.length && paths[0] === workspace().notebooks) return [];
  if (missing.length > 0) {
    throw new Problem(
      missing.map((file) => ({
        code: 'notebook-missing',
        what: 'no such notebook or folder',
        where: { file },
      })),
    );
  }
  for (const path of paths) look(resolve(path));
  return [...new Set(found)];
}
