/** Lets requests in: the key first, then room for them; what only tells whether the service lives is always open. */

import type { KeyCheck } from './keys.js';
import { problem } from './problems.js';
import type { Reply } from './reply.js';
import type { ServiceRequest } from './request.js';

/** Decides at the door; `leave` is called when an admitted request has its answer. */
export interface Admission {
  admit(request: ServiceRequest, route: string): Reply | undefined;
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

export function createAdmission({ keys, most }: { keys?: KeyCheck; most: number }): Admission {
  let inFlight = 0;
  return {
    admit(request, route) {
      if (openRoutes.has(route)) return undefined;
      const refusal = keys?.(request);
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
