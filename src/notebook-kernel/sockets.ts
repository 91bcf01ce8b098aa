/** The five ZeroMQ sockets of a kernel, bound as its connection file says. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { decodeMessage, encodeMessage, type Message } from './wire.js';

/** What Jupyter writes into the connection file. */
export interface Connection {
  transport: string;
  ip: string;
  key: string;
  shell_port: number;
  control_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
}

/** The part of zeromq.js that is used here. */
export interface ZeroMqSocket extends AsyncIterable<Buffer[]> {
  bind(address: string): Promise<void>;
  connect(address: string): void;
  subscribe?(topic?: string): void;
  send(frames: readonly (Buffer | string)[]): Promise<void>;
  close(): void;
}
type SocketClass = new (options?: { linger?: number }) => ZeroMqSocket;
export type ZeroMq = { [name in 'Router' | 'Publisher' | 'Reply' | 'Dealer' | 'Subscriber']: SocketClass };

/** Sends messages one after another: a zeromq.js socket refuses a second one while it is busy. */
export interface Channel {
  send(message: Message): void;
}

/** The bound sockets. */
export interface KernelSockets {
  shell: Channel;
  control: Channel;
  published: Channel;
  /** Resolves when everything given to the channels has been handed to ZeroMQ. */
  drained(): Promise<void>;
  close(): void;
}

/** zeromq.js as it came with tslab. */
export function loadZeroMq(root: string): ZeroMq {
  const fromRoot = createRequire(join(root, 'package.json'));
  return createRequire(fromRoot.resolve('tslab/package.json'))('zeromq') as ZeroMq;
}

/** The connection file's content. */
export function readConnection(file: string): Connection {
  return JSON.parse(readFileSync(file, 'utf8')) as Connection;
}

/** Binds all sockets and hands each message to `take`; messages that nobody signed are dropped with a note. */
export async function bindSockets(
  zeromq: ZeroMq,
  connection: Connection,
  take: (channel: 'shell' | 'control', message: Message) => void,
): Promise<KernelSockets> {
  const sockets = {
    shell: new zeromq.Router(),
    control: new zeromq.Router(),
    stdin: new zeromq.Router(),
    iopub: new zeromq.Publisher({ linger: 1000 }),
    hb: new zeromq.Reply(),
  };
  const address = (port: number): string => `${connection.transport}://${connection.ip}:${port}`;
  await Promise.all([
    sockets.shell.bind(address(connection.shell_port)),
    sockets.control.bind(address(connection.control_port)),
    sockets.stdin.bind(address(connection.stdin_port)),
    sockets.iopub.bind(address(connection.iopub_port)),
    sockets.hb.bind(address(connection.hb_port)),
  ]);

  const listen = async (name: 'shell' | 'control'): Promise<void> => {
    for await (const frames of sockets[name]) {
      let message: Message;
      try {
        message = decodeMessage(frames, connection.key);
      } catch (error) {
        process.stderr.write(`The kernel dropped ${(error as Error).message}.\n`);
        continue;
      }
      take(name, message);
    }
  };
  const echo = async (): Promise<void> => {
    for await (const frames of sockets.hb) await sockets.hb.send(frames);
  };
  for (const loop of [listen('shell'), listen('control'), echo()]) loop.catch(() => {});

  const queues: Promise<void>[] = [];
  const channel = (socket: ZeroMqSocket): Channel => {
    const at = queues.push(Promise.resolve()) - 1;
    return {
      send: (message) => {
        const frames = encodeMessage(message, connection.key);
        queues[at] = queues[at]!.then(() => socket.send(frames)).catch(() => {});
      },
    };
  };
  return {
    shell: channel(sockets.shell),
    control: channel(sockets.control),
    published: channel(sockets.iopub),
    drained: async () => void (await Promise.all(queues)),
    close: () => {
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}
