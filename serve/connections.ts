/** Keeps room for new connections: still ones are cut, and where all places are taken, the one that has been idle longest gives way. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Latest } from './unread.js';

/** Knows of every connection which request it began with last. */
export function watchLatest(server: Server): (socket: Socket) => Latest | undefined {
  const latest = new WeakMap<Socket, Latest>();
  server.on('request', (incoming, outgoing) => latest.set(incoming.socket, { incoming, outgoing }));
  return (socket) => latest.get(socket);
}

/**
 * Cuts a connection where no byte went either way for so many milliseconds: its client may send or read nothing. One that waits for its
 * answer stays, for on a busy machine that may take longer; 0 cuts none.
 */
export function cutStillConnections(
  server: Server,
  { milliseconds, latestOf }: { milliseconds: number; latestOf: (socket: Socket) => Latest | undefined },
): void {
  server.timeout = milliseconds;
  server.on('timeout', (socket) => {
    const { incoming, outgoing } = latestOf(socket) ?? {};
    const waits = incoming?.complete === true && outgoing?.headersSent === false;
    if (!waits) socket.destroy();
  });
}

/** Has the server answer 408 where a request is not there as a whole in time. Node knows but one time for all requests. */
export function endInTime(
  server: Server,
  { incoming, milliseconds }: { incoming: IncomingMessage; milliseconds: number },
): void {
  const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  const timer = setTimeout(() => server.emit('clientError', late, incoming.socket), milliseconds).unref();
  const end = (): void => clearTimeout(timer);
  incoming.once('end', end).once('close', end);
}

/** Holds no more than so many connections. Without an idle one, a new one is turned away. */
export function limitConnections(server: Server, most: number): void {
  const open = new Set<Socket>();
  /** Those without a request, in the order in which they became idle. */
  const idle = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    if (open.size >= most) {
      const [longest] = idle;
      // The newcomer, where nobody is idle.
      (longest ?? socket).destroy();
      if (longest === undefined) return;
      open.delete(longest);
      idle.delete(longest);
    }
    open.add(socket);
    idle.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      idle.delete(socket);
    });
  });
  server.on('request', ({ socket }, outgoing: ServerResponse) => {
    idle.delete(socket);
    outgoing.once('finish', () => {
      if (open.has(socket)) idle.add(socket);
    });
  });
}
