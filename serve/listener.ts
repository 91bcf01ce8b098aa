/** Between the sockets and the app: takes bodies that came whole, and answers one turn of the event loop together. */
import { createServer as createHttpServer, type Server, type ServerOptions, ServerResponse } from 'node:http';
import type { getRequestListener } from '@hono/node-server';
import { AskedSocket, type Incoming } from './asked.js';
import type { Answer, Direct } from './router.js';

/** What answers: an app's `fetch`, and a shorter way for what it takes. */
export interface Answering {
  readonly fetch: Parameters<typeof getRequestListener>[0];
  readonly direct?: Direct;
}

type Adapter = ReturnType<typeof getRequestListener>;

const noBytes = Buffer.alloc(0);

/** Hosts that nobody has to think about. */
const plainHost = /^[a-z0-9.-]+(?::\d{1,5})?$/;

/**
 * An HTTP server for an app. Requests wait until all that came in the same turn of the event loop are there. Small bodies
 * then need no events, no stream and no promise; and answers are sent one right after another, so that a client of
 * several connections is woken once. What came whole to a plain path does not pass through the adapter, which makes it
 * a `Request` and its answer a `Response` first; the adapter is loaded when something else comes, for the Fetch API of
 * Node that it asks for takes as long to load as all else of the service.
 */
export function createServer({ fetch, direct }: Answering, options: ServerOptions): Server {
  let adapter: Adapter | undefined;
  const load = async (): Promise<Adapter> => {
    const { getRequestListener } = await import('@hono/node-server');
    adapter ??= getRequestListener(fetch);
    return adapter;
  };
  const adapt = (incoming: Incoming, outgoing: ServerResponse): void => {
    if (adapter) void adapter(incoming, outgoing);
    else void load().then((loaded) => loaded(incoming, outgoing));
  };
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
      if (incoming.complete)
        incoming.rawBody = (incoming.method === 'GET' ? null : incoming.read()) ?? noBytes;
      const answered = directAnswer(direct, incoming);
      if (answered === undefined) adapt(incoming, outgoing);
      else if (answered instanceof Promise) void answered.then((it) => send(it, outgoing));
      else send(answered, outgoing);
    }
    const made = held;
    held = undefined;
    for (const sendHeld of made) sendHeld();
  };

  return createHttpServer({ ...options, ServerResponse: HeldResponse }, (incoming, outgoing) => {
    if (waiting.push([incoming, outgoing]) === 1) setImmediate(answerAll);
  });
}

function directAnswer(direct: Direct | undefined, incoming: Incoming): Answer | Promise<Answer> | undefined {
  const { url, headers, rawBody } = incoming;
  if (direct === undefined || rawBody === undefined) return undefined;
  if (headers.host === undefined || !plainHost.test(headers.host)) return undefined;
  return direct(url!, new AskedSocket(incoming, rawBody));
}

function send({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  const text = body ?? '';
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
  outgoing.end(text);
}
