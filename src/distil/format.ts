/** Formats a module as the repository is formatted. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Problem } from '../problem.js';

/**
 * The text as biome writes it to `path` (from the root); as it is, where the workspace has no biome.
 * Throws `distil-not-formatted` with biome's own words.
 */
export function formatModule(text: string, at: { root: string; path: string }): string {
  const biome = biomeOf(at.root);
  if (biome === undefined) return text;
  const given = [biome, 'check', '--write', `--stdin-file-path=${at.path}`];
  const result = spawnSync(process.execPath, given, { cwd: at.root, input: text, encoding: 'utf8' });
  if (result.stdout === '' || result.status === null) {
    throw new Problem({
      code: 'distil-not-formatted',
      what: `biome refused the module: ${result.stderr.trim()}`,
    });
  }
  return result.stdout;
}

function biomeOf(root: string): string | undefined {
  try {
    return createRequire(join(root, 'package.json')).resolve('@biomejs/biome/bin/biome');
  } catch {
    return undefined;
  }
}
