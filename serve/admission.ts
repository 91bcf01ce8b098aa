/** Lets requests in: no page of another site, the right key, room for them; what only tells whether the service lives is always open. */
import { refuseForeignHost, refuseForeignPage } from './foreign-pages.js';
import type { KeyCheck } from './keys.js';
import { problem } from './problems.js';
import type { Reply } from './reply.js';
import type { ServiceRequest } from './request.js';

/** `leave` is called when an admitted request has its answer. */
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

export interface AdmissionOptions {
  readonly keys?: KeyCheck;
  /** Requests at once. */
  readonly most: number;
  /** True where requests that name another host than this machine are refused. */
  readonly onlyLoopback?: boolean;
}

export function createAdmission({ keys, most, onlyLoopback = false }: AdmissionOptions): Admission {
  let inFlight = 0;
  /** Where the last request was sent: nearly all name the same host, and reading an address takes longer than all else here. */
  let knownOrigin: string | undefined;
  const refuseHost = (request: ServiceRequest): Reply | undefined => {
    const { origin } = request;
    if (origin === knownOrigin) return undefined;
    const refusal = refuseForeignHost(request);
    if (refusal === undefined) knownOrigin = origin;
    return refusal;
  };
  return {
    admit(request, route) {
      if (openRoutes.has(route)) return undefined;
      const refusal =
        (onlyLoopback ? refuseHost(request) : undefined) ??
        refuseForeignPage(request, route) ??
        keys?.(request);
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
