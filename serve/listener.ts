/** Between the sockets and the app: takes bodies that came whole, and answers one turn of the event loop together. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  ServerResponse,
} from 'node:http';
import { getRequestListener } from '@hono/node-server';

/** What answers: an app's `fetch`. */
export type Fetch = Parameters<typeof getRequestListener>[0];

/** A request whose body came with its head; the adapter, too, looks for it under this name. */
export type Incoming = IncomingMessage & { rawBody?: Buffer };

/**
 * An HTTP server for `fetch`. Requests wait until all that came in the same turn of the event loop are there. Small bodies
 * then need no events, no stream and no promise; and answers are sent one right after another, so that a client of
 * several connections is woken once.
 */
export function createServer(fetch: Fetch, options: ServerOptions): Server {
  const answer = getRequestListener(fetch);
  let waiting: [Incoming, ServerResponse][] = [];
  let held: (() => void)[] | undefined;

  class HeldResponse extends ServerResponse {
    // biome-ignore lint/suspicious/noExplicitAny: every overload of the method.
    override end(...parts: any[]): this {
      if (held === undefined) super.end(...parts);
      else held.push(() => super.end(...parts));
      return this;
    }
  }

  const answerAll = (): void => {
    const all = waiting;
    waiting = [];
    held = [];
    for (const [incoming, outgoing] of all) {
      // A body that is still coming is read as a stream.
      if (incoming.complete && incoming.method !== 'GET')
        incoming.rawBody = incoming.read() ?? Buffer.alloc(0);
      void answer(incoming, outgoing);
    }
    const made = held;
    held = undefined;
    for (const send of made) send();
  };

  return createHttpServer({ ...options, ServerResponse: HeldResponse }, (incoming, outgoing) => {
    if (waiting.push([incoming, outgoing]) === 1) setImmediate(answerAll);
  });
}
