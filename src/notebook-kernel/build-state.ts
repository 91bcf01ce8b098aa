/** Whether the package that notebooks import has been built, and from the present sources. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A sentence for the user where the build is missing or older than a source; undefined where all is well. */
export function buildSentence(root: string): string | undefined {
  const remedy = 'Run `npm run build` and restart the kernel.';
  const stamp = join(root, 'dist', '.built');
  if (!existsSync(join(root, 'dist', 'src', 'index.js')))
    return `The package alambique is not built yet. ${remedy}`;
  if (!existsSync(stamp)) return undefined;
  const builtAt = statSync(stamp).mtimeMs;
  const newer = ['src', 'serve'].map((room) => newest(join(root, room))).find((at) => at > builtAt);
  return newer === undefined
    ? undefined
    : `The package alambique was built before its sources last changed. ${remedy}`;
}

function newest(folder: string): number {
  if (!existsSync(folder)) return 0;
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const at = entry.isDirectory() ? newest(path) : entry.name.endsWith('.ts') ? statSync(path).mtimeMs : 0;
    if (at > latest) latest = at;
  }
  return latest;
}
