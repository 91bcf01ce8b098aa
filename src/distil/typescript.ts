/** Loads the TypeScript compiler, a development tool, only when a command of this room needs it: no service ever does. */
import { Problem } from '../problem.js';

export type TypeScript = typeof import('typescript');

/** The compiler's own API. Throws a `Problem` (`distil-no-typescript`) in an installation without development tools. */
export async function loadTypeScript(): Promise<TypeScript> {
  try {
    return (await import('typescript')).default;
  } catch {
    throw new Problem({
      code: 'distil-no-typescript',
      what: 'the TypeScript compiler is not installed',
      remedy: 'install the development tools too: `npm ci`',
    });
  }
}
