/** Lets requests in: the key first, then room for them; what only tells whether the service lives is always open. */
import type { Asked } from './asked.js';
import type { KeyCheck } from './keys.js';
import { problem } from './problems.js';
import type { Reply } from './reply.js';

/** Decides at the door; `leave` is called when an admitted request has its answer. */
export interface Gate {
  admit(asked: Asked, route: string): Reply | undefined;
  leave(route: string): void;
  readonly inFlight: number;
}

/** The routes that ask for no key and count as no load. */
export const openRoutes: ReadonlySet<string> = new Set([
  '/livez',
  '/readyz',
  '/ping',
  '/v2/health/live',
  '/v2/health/ready',
]);

export function createGate({ keys, most }: { keys?: KeyCheck; most: number }): Gate {
  let inFlight = 0;
  return {
    admit(asked, route) {
      if (openRoutes.has(route)) return undefined;
      const refusal = keys?.(asked);
      if (refusal) return refusal;
      if (inFlight >= most) {
        return problem(429, 'Too many requests at once; try again in a second.', {
          headers: { 'retry-after': '1' },
        });
      }
      inFlight++;
      return undefined;
    },
    leave(route) {
      if (!openRoutes.has(route)) inFlight--;
    },
    get inFlight() {
      return inFlight;
    },
  };
}
