/** A small Jupyter client that starts a kernel of this build and speaks with it; for tests only. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, loadZeroMq, type ZeroMqSocket } from '../notebook-kernel/sockets.js';
import { decodeMessage, encodeMessage, type Message } from '../notebook-kernel/wire.js';
import { findRoot } from '../workspace.js';

type Content = Record<string, unknown>;

/** What came back for one request: the reply's content, and what was published about it, in order. */
export interface Exchange {
  reply: Content;
  published: { type: string; content: Content }[];
}

/** A kernel under test. */
export interface KernelClient {
  readonly process: ChildProcess;
  /** Told of every message that is published, as it comes, even after its request has been answered. */
  onPublished: (type: string) => void;
  request(type: string, content?: Content, channel?: 'shell' | 'control'): Promise<Exchange>;
  execute(code: string, options?: Content): Promise<Exchange>;
  close(): Promise<void>;
}

/** Starts the kernel as Jupyter does, with a connection file in a temporary folder. */
export async function kernelClient(): Promise<KernelClient> {
  const root = findRoot();
  const folder = mkdtempSync(join(tmpdir(), 'alambique-kernel-'));
  const [shell, control, iopub, stdin, heartbeat] = await freePorts(5);
  const connection: Connection = {
    transport: 'tcp',
    ip: '127.0.0.1',
    key: 'a key for tests',
    shell_port: shell!,
    control_port: control!,
    iopub_port: iopub!,
    stdin_port: stdin!,
    hb_port: heartbeat!,
  };
  const file = join(folder, 'connection.json');
  writeFileSync(file, JSON.stringify(connection));
  const program = join(root, 'dist', 'src', 'notebook-kernel', 'main.js');
  const child = spawn(process.execPath, [program, file], { cwd: folder, stdio: 'inherit' });
  const zeromq = loadZeroMq(root);
  const sockets = {
    shell: new zeromq.Dealer(),
    control: new zeromq.Dealer(),
    iopub: new zeromq.Subscriber(),
  };
  sockets.shell.connect(`tcp://127.0.0.1:${connection.shell_port}`);
  sockets.control.connect(`tcp://127.0.0.1:${connection.control_port}`);
  sockets.iopub.connect(`tcp://127.0.0.1:${connection.iopub_port}`);
  sockets.iopub.subscribe?.();

  const open = new Map<string, { exchange: Partial<Exchange>; idle: boolean; done: () => void }>();
  const hear = async (socket: ZeroMqSocket): Promise<void> => {
    for await (const frames of socket) {
      const message = decodeMessage(frames, connection.key);
      if (socket === sockets.iopub && message.header.msg_type !== 'status')
        client.onPublished(message.header.msg_type);
      const waiting = open.get(String(message.parentHeader.msg_id));
      if (!waiting) continue;
      const { header, content } = message;
      if (socket !== sockets.iopub) waiting.exchange.reply = content;
      else if (header.msg_type === 'status') waiting.idle ||= content.execution_state === 'idle';
      else waiting.exchange.published!.push({ type: header.msg_type, content });
      if (waiting.idle && waiting.exchange.reply) waiting.done();
    }
  };
  let last = 0;
  const request: KernelClient['request'] = (type, content = {}, channel = 'shell') =>
    new Promise((resolve) => {
      const id = `request-${++last}`;
      const exchange: Partial<Exchange> = { published: [] };
      open.set(id, {
        exchange,
        idle: false,
        done: () => {
          open.delete(id);
          resolve(exchange as Exchange);
        },
      });
      const message: Message = {
        identities: [],
        header: { msg_id: id, msg_type: type, session: 'test', username: 'test', date: '', version: '5.3' },
        parentHeader: {},
        metadata: {},
        content,
      };
      void sockets[channel].send(encodeMessage(message, connection.key));
    });

  const client: KernelClient = {
    process: child,
    onPublished: () => {},
    request,
    execute: (code, options = {}) =>
      request('execute_request', { code, silent: false, stop_on_error: true, ...options }),
    close: async () => {
      const gone = new Promise<void>((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        else child.once('exit', () => resolve());
      });
      if (child.exitCode === null) void request('shutdown_request', { restart: false }, 'control');
      await gone;
      for (const socket of Object.values(sockets)) socket.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const socket of Object.values(sockets)) hear(socket).catch(() => {});

  // A subscriber hears nothing until it is connected; asking until something is heard is how clients wait.
  const died = new Promise<never>((_, reject) =>
    child.once('exit', (code, signal) => reject(new Error(`the kernel ended with ${signal ?? code}`))),
  );
  died.catch(() => {});
  let heard = false;
  while (!heard) {
    heard = await Promise.race([
      died,
      request('kernel_info_request').then(() => true),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), 200)),
    ]);
  }
  return client;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer();
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
