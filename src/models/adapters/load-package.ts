/** Loads a package that only notebooks need: it is not part of the service, and may be absent. */
import { createRequire } from 'node:module';
import { Problem } from '../../problem.js';

/** The package's exports. Throws `models-package-missing` where it is not installed. */
export function loadPackage<Exports>(name: string): Exports {
  try {
    return createRequire(import.meta.url)(name) as Exports;
  } catch (error) {
    throw new Problem({
      code: 'models-package-missing',
      what: `the package "${name}" could not be loaded (${(error as NodeJS.ErrnoException).code ?? (error as Error).name})`,
      expected: 'an installation with the development packages',
      remedy: 'run `npm ci` without `--omit=dev`; models that were fitted with it predict without it',
    });
  }
}
