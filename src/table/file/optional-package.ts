/** Loads a package that is installed only where somebody needs it. */
import { Problem } from '../../problem.js';

/** What `load` imports. Throws `csv-needs-package` with what to type where it is not installed. */
export async function optionalPackage<T>(
  load: () => Promise<T>,
  { what, packages, name }: { what: string; packages: string; name: string },
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Problem({
      code: 'csv-needs-package',
      what: `${what} need a package that is not installed`,
      where: { file: name },
      remedy: `type: npm install ${packages}`,
    });
  }
}
