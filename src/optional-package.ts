/** Loads a package that is installed only where somebody needs it. */
import { Problem } from './problem.js';

/** What needs a package, for the sentence that says so. */
export interface NeededPackage {
  /** As an issue's: "csv-needs-package". */
  readonly code: string;
  /** In the plural: "Excel workbooks". */
  readonly what: string;
  /** As `npm install` takes them. */
  readonly packages: string;
  /** The file that needs it, where there is one. */
  readonly name?: string;
}

/** What `load` imports. Throws a `Problem` of that code, with what to type, where it is not installed. */
export async function optionalPackage<T>(
  load: () => Promise<T>,
  { code, what, packages, name }: NeededPackage,
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const missing = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];
    if (!missing.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new Problem({
      code,
      what: `${what} need a package that is not installed`,
      ...(name !== undefined && { where: { file: name } }),
      remedy: `type: npm install ${packages}`,
    });
  }
}
