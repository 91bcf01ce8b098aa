/** Loads a compiled file of `src/studies`. */
import { pathToFileURL } from 'node:url';
import { Problem } from '../../problem.js';

/** What it exports. Throws `study-import` where it imports what is not there, `study-throws` where it fails otherwise. */
export async function loadModule(
  compiled: string,
  where: { file: string },
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(compiled).href)) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof Problem)
      throw new Problem(error.issues.map((issue) => ({ ...issue, where: { ...where, ...issue.where } })));
    const { code, message = String(error), stack = '' } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
      throw new Problem({
        code: 'study-import',
        what: `it imports what is not installed: ${message.split(/ imported from |\n/)[0]}`,
        where,
        remedy: 'install it in the workspace, such as with `npm install alambique`',
      });
    }
    const at = /\n +at .*/.exec(stack)?.[0].trim();
    throw new Problem({
      code: 'study-throws',
      what: `it fails when it is loaded: ${message}${at === undefined ? '' : ` (${at})`}`,
      where,
    });
  }
}
