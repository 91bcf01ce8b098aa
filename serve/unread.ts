/** Answers what never became a request: broken heads, what is no HTTP, requests that did not come in time, calls for a proxy. */
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problem } from './problems.js';
import type { Reply } from './reply.js';

/** The request that a connection began with last, and its answer. */
export interface Latest {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** Has the server say why it closes a connection; `latestOf` knows what is under way on it. */
export function answerUnread(server: Server, latestOf: (socket: Socket) => Latest | undefined): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const reply = replyTo(error.code);
    const { incoming, outgoing } = latestOf(socket) ?? {};
    const isAnswered = outgoing === undefined || outgoing.writableFinished;
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy();
    else if (isAnswered) close(socket, reply);
    // What came whole before it is answered first.
    else if (incoming?.complete) outgoing.once('finish', () => close(socket, reply));
    else if (outgoing.headersSent) socket.destroy();
    else close(socket, reply);
  });
  server.on('connect', (_: IncomingMessage, socket: Socket) =>
    close(socket, problem(405, 'This is no proxy.')),
  );
}

function replyTo(code: string | undefined): Reply {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return problem(408, 'The request did not come to its end in time.');
  if (code === 'HPE_HEADER_OVERFLOW') return problem(431, 'Address and headers are larger than 16 KiB.');
  return problem(400, 'This is no request of HTTP/1.1. The service itself speaks no TLS and no HTTP/2.');
}

function close(socket: Socket, { status = 400, headers, body }: Reply): void {
  const said = String(body);
  const all = { ...headers, 'content-length': String(Buffer.byteLength(said)), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  // Who went away needs no answer.
  socket.on('error', () => undefined);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', said].join('\r\n'));
}
