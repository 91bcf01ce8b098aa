/** Loads the TypeScript compiler, a development tool, only when a command needs it: the service never does. */
import { Problem } from '../problem.js';

export type TypeScript = typeof import('typescript');

/** The compiler's own API. Throws a `Problem` (`typescript-missing`) in an installation without development tools. */
export async function loadTypeScript(): Promise<TypeScript> {
  try {
    return (await import('typescript')).default;
  } catch {
    throw new Problem({
      code: 'typescript-missing',
      what: 'the TypeScript compiler is not installed',
      remedy: 'install the development tools too: `npm ci`',
    });
  }
}
