/** Stands between a client and a server of tests, and breaks connections as networks do. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Ending, Service } from './services.js';

/** What happens to a connection once the server has sent so many bytes over it: it is cut, or nothing comes any more. */
export interface Fault {
  readonly after: number;
  readonly how: 'cut' | 'stall';
}

/** Starts one on a port of its own. `faultOf` is asked for each connection, the first being 0. */
export async function startProxy(
  t: Ending,
  { to, faultOf }: { to: number; faultOf: (connection: number) => Fault | undefined },
): Promise<Service & { connections(): number }> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((client) => {
    const fault = faultOf(connections++);
    const behind = connect(to, '127.0.0.1');
    for (const socket of [client, behind]) {
      open.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          open.delete(socket);
          behind.destroy();
          // Who is silent does not hang up either.
          if (fault?.how !== 'stall') client.destroySoon();
        });
    }
    let sent = 0;
    client.pipe(behind);
    behind.on('data', (bytes: Buffer) => {
      const left = fault ? Math.max(0, fault.after - sent) : bytes.length;
      sent += bytes.length;
      if (left > 0) client.write(bytes.subarray(0, left));
      if (left < bytes.length && fault?.how === 'cut') behind.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    for (const socket of open) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  t.after(stop);
  return { port: (server.address() as { port: number }).port, stop, connections: () => connections };
}
