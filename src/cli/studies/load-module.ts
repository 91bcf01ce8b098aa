/** Loads a compiled file of `src/studies`. */
import { pathToFileURL } from 'node:url';
import { Problem } from '../../problem.js';

/** What it exports. Throws `study-import` where it imports what is not there. */
export async function loadModule(
  compiled: string,
  where: { file: string },
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(compiled).href)) as Record<string, unknown>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new Problem({
      code: 'study-import',
      what: `it imports what is not installed: ${message.split(/ imported from |\n/)[0]}`,
      where,
      remedy: 'install it in the workspace, such as with `npm install alambique`',
    });
  }
}
