/** Finds every comparison of the bench: a file in `comparisons/` that exports a `comparison`. */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Comparison } from './bench.js';

/** All comparisons, in the order of their files' names. */
export async function findComparisons(): Promise<Comparison[]> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'comparisons');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js') && !file.endsWith('.test.js'));
  const modules = files.sort().map(async (file) => {
    const module: { comparison: Comparison } = await import(pathToFileURL(join(folder, file)).href);
    return module.comparison;
  });
  return Promise.all(modules);
}
