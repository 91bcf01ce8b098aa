/** Loads the TypeScript compiler, a development tool, only when a command needs it: the service never does. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Problem } from '../problem.js';

export type TypeScript = typeof import('typescript');

/**
 * The compiler's own API: that of the workspace at `root` where it has one, else the one beside this program.
 * Throws a `Problem` (`typescript-missing`) in an installation without development tools.
 */
export async function loadTypeScript(root?: string): Promise<TypeScript> {
  try {
    const module = (await import(own(root) ?? 'typescript')) as { default: TypeScript };
    return module.default;
  } catch {
    throw new Problem({
      code: 'typescript-missing',
      what: 'the TypeScript compiler is not installed, and what has changed must be compiled',
      remedy:
        'install the development tools: `npm ci`, or `npm install --save-dev typescript` in a workspace of your own',
    });
  }
}

function own(root: string | undefined): string | undefined {
  try {
    return root && pathToFileURL(createRequire(join(root, 'package.json')).resolve('typescript')).href;
  } catch {
    return undefined;
  }
}
