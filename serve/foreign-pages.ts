/** Refuses what a page of another site makes a browser send: it could read answers, or write into the log of predictions. */
import { isIP } from 'node:net';
import { problem } from './problems.js';
import type { Reply } from './reply.js';
import type { ServiceRequest } from './request.js';

/**
 * The refusal of a request that names another host than this machine, where only this machine may ask: so a name that is
 * suddenly found here (DNS rebinding) opens nothing.
 */
export function refuseForeignHost(request: ServiceRequest): Reply | undefined {
  const host = new URL(request.origin).hostname.replace(/^\[(.*)\]$/, '$1');
  if (isLoopback(host)) return undefined;
  return problem(
    421,
    'Without keys the service answers only to "localhost" and this machine\'s own addresses. To be asked by another name, start it with ALAMBIQUE_KEYS.',
  );
}

/** The refusal of a request that a browser sends for a page of another site; opening a page of ours by a link is no such. */
export function refuseForeignPage(request: ServiceRequest, route: string): Reply | undefined {
  if (!comesFromElsewhere(request, route)) return undefined;
  return problem(
    403,
    'A page of another site sent this. Only programs and the pages of the service may ask.',
  );
}

function comesFromElsewhere(request: ServiceRequest, route: string): boolean {
  const site = request.header('sec-fetch-site');
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return false;
    // A link from elsewhere shows a page of ours; it does not make a prediction.
    const isLink = request.header('sec-fetch-mode') === 'navigate' && request.method === 'GET';
    return !isLink || /\/predict$|\/clients\/|\/api\/user\//.test(route);
  }
  const origin = request.header('origin');
  if (origin === undefined) return false;
  // Behind a proxy that speaks TLS only the scheme differs.
  return origin.replace(/^https?:/, '') !== request.origin.replace(/^https?:/, '');
}

/** Whether only this machine can reach an address. A name counts as such only where it is "localhost". */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
