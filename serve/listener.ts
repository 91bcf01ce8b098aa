/** Between the sockets and the app: takes bodies that came whole, and answers one turn of the event loop together. */
import {
  createServer as createHttpServer,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { getRequestListener } from '@hono/node-server';
import { AskedSocket, type Incoming } from './asked.js';
import type { Answer, Direct } from './router.js';

/** What answers: an app, and a shorter way for what it takes. */
export interface Answering {
  readonly app: { readonly fetch: Parameters<typeof getRequestListener>[0] };
  readonly direct?: Direct;
}

/** What Node takes, and what it wants said afterwards. */
export interface ListenOptions extends ServerOptions {
  /** Milliseconds without a byte either way, after which a connection is cut: its client may read nothing. */
  readonly timeout?: number;
  readonly maxConnections?: number;
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
 * Node that it asks for takes as long to load as all else of the service. Where what answers is not there yet, requests wait
 * for it; nothing is done for them that would hold up its coming.
 */
export function createServer(
  answering: () => Answering | Promise<Answering>,
  { timeout = 0, maxConnections, ...options }: ListenOptions,
): Server {
  let adapter: Adapter | undefined;
  const load = async ({ app }: Answering): Promise<Adapter> => {
    const { getRequestListener } = await import('@hono/node-server');
    adapter ??= getRequestListener(app.fetch);
    return adapter;
  };
  let waiting: [Incoming, ServerResponse][] = [];

  const answerAll = (): void => {
    const there = answering();
    if (there instanceof Promise) {
      // Where it does not come, whoever began it closes the server, and with it all who wait.
      there.then(answerAll, () => undefined);
      return;
    }
    const all = waiting;
    waiting = [];
    const made: [Answer, ServerResponse][] = [];
    for (const [incoming, outgoing] of all) {
      // A body that is still coming is read as a stream.
      if (incoming.complete) incoming.rawBody = incoming.method === 'GET' ? noBytes : bytesOf(incoming);
      const answered = directAnswer(there.direct, incoming);
      if (answered === undefined) {
        if (adapter) void adapter(incoming, outgoing);
        else void load(there).then((loaded) => loaded(incoming, outgoing));
      } else if (answered instanceof Promise) void answered.then((it) => send(it, outgoing));
      else made.push([answered, outgoing]);
    }
    for (const [answer, outgoing] of made) send(answer, outgoing);
  };

  const server = createHttpServer(options, (incoming, outgoing) => {
    if (waiting.push([incoming, outgoing]) === 1) setImmediate(answerAll);
  });
  server.timeout = timeout;
  if (maxConnections !== undefined) server.maxConnections = maxConnections;
  return server;
}

/** All that a complete request holds. From Node 26 on, `read()` gives one piece at a time. */
function bytesOf(incoming: Incoming): Buffer {
  const first: Buffer | null = incoming.read();
  if (first === null) return noBytes;
  if (incoming.readableLength === 0) return first;
  const pieces = [first];
  for (let next: Buffer | null = incoming.read(); next !== null; next = incoming.read()) pieces.push(next);
  return Buffer.concat(pieces);
}

function directAnswer(direct: Direct | undefined, incoming: Incoming): Answer | Promise<Answer> | undefined {
  const { url, headers, rawBody } = incoming;
  if (direct === undefined || rawBody === undefined) return undefined;
  if (headers.host === undefined || !plainHost.test(headers.host)) return undefined;
  return direct(url!, new AskedSocket(incoming, rawBody));
}

function send({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  const text = body ?? '';
  outgoing.writeHead(status, [...headers, 'content-length', String(Buffer.byteLength(text))]);
  // `end(text)` would add an empty part, and writing two parts takes longer than writing one.
  outgoing.write(text);
  outgoing.socket?.uncork();
  outgoing.end();
}
