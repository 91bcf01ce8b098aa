/** Reads one header of a request, from Node's own parsed headers where the request came through a socket. */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';

/** The header's value. Asking the Fetch API instead would first copy every header into an object of its own. */
export function headerOf(c: Context, name: string): string | undefined {
  const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming;
  if (incoming === undefined) return c.req.header(name);
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
