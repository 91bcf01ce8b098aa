/** Finds a file of data by its name. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setting, thisPlace } from '../../config/read-settings.js';
import { workspace } from '../../workspace.js';

/**
 * The path of a file: the name itself where it is a path, else in `data/raw`, else in the folder of ALAMBIQUE_DATA; undefined where
 * it is in none of them.
 *
 * @example
 * dataFile('no-such-file.csv') // → undefined
 */
export function dataFile(name: string): string | undefined {
  const folder = setting('data', thisPlace());
  const places = [name, join(workspace().raw, name), ...(folder === undefined ? [] : [join(folder, name)])];
  return places.find((path) => existsSync(path));
}
