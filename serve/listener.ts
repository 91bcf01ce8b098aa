/** Between the sockets and the app: takes bodies that came whole, and answers one turn of the event loop together. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  ServerResponse,
} from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { cutStillConnections, endInTime, limitConnections, watchLatest } from './connections.js';
import type { Incoming, RequestEnv } from './request.js';
import { answerUnread } from './unread.js';

type Listener = ReturnType<typeof getRequestListener>;

/** What answers: an app. */
export interface Answering {
  readonly app: Hono;
}

/** What Node takes, and what it wants said afterwards. */
export interface ListenOptions extends Omit<ServerOptions, 'requestTimeout'> {
  /** Milliseconds within which a body that did not come with its head comes to its end; any time where absent. */
  readonly requestTimeout?: (incoming: IncomingMessage) => number;
  /** Milliseconds without a byte either way, after which a connection is cut, unless its answer is being made. */
  readonly timeout?: number;
  /** Connections at once; beyond them the one that is idle longest gives way. */
  readonly mostConnections?: number;
}

/**
 * An HTTP server for an app. Requests wait until all that came in the same turn of the event loop are there, so that
 * small bodies need no events and no stream. Answers are sent one right after another, so that a client of several
 * connections is woken once. Where the app is not there yet, requests wait for it.
 */
export function createServer(
  answering: () => Answering | Promise<Answering>,
  { timeout = 0, mostConnections, requestTimeout, ...options }: ListenOptions,
): Server {
  let listener: Listener | undefined;
  let waiting: [Incoming, ServerResponse][] = [];

  const answerAll = (): void => {
    if (listener === undefined) {
      const there = answering();
      if (there instanceof Promise) {
        // If it fails, its starter closes the server and all connections.
        there.then(answerAll, () => undefined);
        return;
      }
      listener = listenerOf(there);
    }
    const all = waiting;
    waiting = [];
    for (const [incoming, outgoing] of all) {
      // A body that is still coming is read as a stream.
      if (incoming.complete) incoming.rawBody = bytesOf(incoming);
      else if (requestTimeout) endInTime(server, { incoming, milliseconds: requestTimeout(incoming) });
      void listener(incoming, outgoing);
    }
  };

  // A host that is missing is refused by the app, in a sentence.
  const own = { ...options, requestTimeout: 0, ServerResponse: TextResponse, requireHostHeader: false };
  const server = createHttpServer(own, (incoming, outgoing) => {
    if (waiting.push([incoming, outgoing]) === 1) setImmediate(answerAll);
  });
  const latestOf = watchLatest(server);
  cutStillConnections(server, { milliseconds: timeout, latestOf });
  answerUnread(server, latestOf);
  if (mostConnections !== undefined) limitConnections(server, mostConnections);
  return server;
}

const unreadable: RequestEnv = { unreadable: true };

function listenerOf({ app }: Answering): Listener {
  return getRequestListener(app.fetch, {
    // HTTP/1.0 has no such header, and balancers that probe with it are many.
    hostname: 'localhost',
    // A host or an address that is none.
    errorHandler: () => app.request('/', undefined, unreadable),
    // Node itself reads on what is left of a refused body.
    autoCleanupIncoming: false,
  });
}

/**
 * Sends a text in one part with its head, and only when all requests of this turn are answered. Node's own `end` adds an
 * empty part, and writing two parts takes longer than writing one.
 */
class TextResponse extends ServerResponse {
  override end(...given: unknown[]): this {
    const [text, ...rest] = given;
    if (typeof text !== 'string' || text === '' || rest.length > 0) return super.end(...(given as []));
    // Node holds what is written until the next tick.
    this.write(text);
    const end = (): void => void super.end();
    const { req } = this;
    if (req.complete || this.shouldKeepAlive) process.nextTick(end);
    else {
      // Closed at once, a client that is still sending would never read this.
      req.once('close', end).once('end', end).resume();
    }
    return this;
  }
}

const noBytes = Buffer.alloc(0);

/** All that a complete request holds. From Node 26 on, `read()` gives one piece at a time. */
function bytesOf(incoming: Incoming): Buffer {
  const first: Buffer | null = incoming.read();
  if (first === null) return noBytes;
  if (incoming.readableLength === 0) return first;
  const pieces = [first];
  for (let next: Buffer | null = incoming.read(); next !== null; next = incoming.read()) pieces.push(next);
  return Buffer.concat(pieces);
}
