/** A Jupyter kernel: answers the messaging protocol (5.3) for a session, which it starts and ends. */
import { randomUUID } from 'node:crypto';
import type { CellOutput } from './host-messages.js';
import { kernelInfo } from './kernel-info.js';
import { startSession } from './session.js';
import { bindSockets, type Connection, loadZeroMq } from './sockets.js';
import { codePointOffset, utf16Offset } from './text-offset.js';
import type { Message } from './wire.js';

/** The options of `startKernel`. */
export interface KernelOptions {
  /** The project's folder: cells resolve imports and paths from it. */
  root: string;
  connection: Connection;
  /** Version to tell Jupyter. */
  version: string;
}

/** A running kernel. */
export interface Kernel {
  /** Stops the running cell. */
  interrupt(): void;
  /** Resolves when the kernel has shut down: true where its session died by itself. */
  readonly ended: Promise<boolean>;
}

type Content = Record<string, unknown>;

/** Binds the sockets of `connection` and serves until a shutdown request, or until the session dies. */
export async function startKernel(options: KernelOptions): Promise<Kernel> {
  const session = startSession(options.root);
  const queue: Message[] = [];
  let working = false;
  let count = 0;
  const abandoned = new WeakSet<Message>();
  let typescriptVersion = '';
  let current: Message | undefined;
  let closing = false;
  let finish: (died: boolean) => void;
  const ended = new Promise<boolean>((resolve) => {
    finish = resolve;
  });

  const sockets = await bindSockets(loadZeroMq(options.root), options.connection, (channel, message) => {
    if (channel === 'control') void withStatus(message, () => control(message));
    else {
      queue.push(message);
      void work();
    }
  });

  const own = randomUUID();
  const make = (type: string, parent: Message | undefined, content: Content): Message => ({
    identities: [],
    header: {
      msg_id: randomUUID(),
      msg_type: type,
      session: own,
      username: parent?.header.username ?? 'kernel',
      date: new Date().toISOString(),
      version: '5.3',
    },
    parentHeader: parent?.header ?? {},
    metadata: {},
    content,
  });
  const publish = (type: string, parent: Message | undefined, content: Content): void =>
    sockets.published.send({ ...make(type, parent, content), identities: [Buffer.from(type)] });
  const reply = (to: Message, content: Content, channel: 'shell' | 'control' = 'shell'): void =>
    sockets[channel].send({
      ...make(to.header.msg_type.replace(/_request$/, '_reply'), to, content),
      identities: to.identities,
    });

  session.onOutput((output) => publishOutput(output));
  session.ready.then(
    (info) => {
      typescriptVersion = info.typescriptVersion;
    },
    () => {},
  );
  session.ended.then((sentence) => void die(sentence));

  function publishOutput(output: CellOutput): void {
    if (output.kind === 'stream') {
      publish('stream', current, { name: output.name, text: output.text });
      return;
    }
    if (output.kind === 'unawaited') {
      publish('stream', current, { name: 'stderr', text: `${output.error.traceback.join('\n')}\n` });
      return;
    }
    publish(output.update ? 'update_display_data' : 'display_data', current, {
      data: output.bundle,
      metadata: {},
      // A page may still show outputs of the kernel before this one, which counted its displays, too.
      transient: output.id === undefined ? {} : { display_id: `${own}-${output.id}` },
    });
  }

  async function withStatus(message: Message, handle: () => Promise<void>): Promise<void> {
    publish('status', message, { execution_state: 'busy' });
    try {
      await handle();
    } finally {
      publish('status', message, { execution_state: 'idle' });
    }
  }

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let message = queue.shift(); message && !closing; message = queue.shift()) {
      const next = message;
      await withStatus(next, () => shell(next)).catch(() => {});
    }
    working = false;
  }

  async function shell(message: Message): Promise<void> {
    const { content } = message;
    const code = String(content.code ?? '');
    switch (message.header.msg_type) {
      case 'kernel_info_request':
        reply(message, kernelInfo(options.version, typescriptVersion));
        return;
      case 'execute_request':
        await execute(message, code);
        return;
      case 'complete_request': {
        const position = utf16Offset(code, Number(content.cursor_pos ?? code.length));
        const found = await session.ask({ ask: 'complete', code, position });
        const [start, end] = [codePointOffset(code, found.start), codePointOffset(code, found.end)];
        const types = found.matches.map((text, i) => ({ start, end, text, type: found.kinds[i] }));
        reply(message, {
          status: 'ok',
          matches: found.matches,
          cursor_start: start,
          cursor_end: end,
          metadata: { _jupyter_types_experimental: types },
        });
        return;
      }
      case 'inspect_request': {
        const position = utf16Offset(code, Number(content.cursor_pos ?? 0));
        const { text } = await session.ask({ ask: 'inspect', code, position });
        const data = text === undefined ? {} : { 'text/plain': text };
        reply(message, { status: 'ok', found: text !== undefined, data, metadata: {} });
        return;
      }
      case 'is_complete_request': {
        const { completed, indent } = await session.ask({ ask: 'is-complete', code });
        reply(message, completed ? { status: 'complete' } : { status: 'incomplete', indent: indent ?? '' });
        return;
      }
      case 'comm_info_request':
        reply(message, { status: 'ok', comms: {} });
        return;
      case 'history_request':
        reply(message, { status: 'ok', history: [] });
        return;
      default:
        await control(message, 'shell');
    }
  }

  async function execute(message: Message, code: string): Promise<void> {
    const { content } = message;
    const silent = content.silent === true;
    if (abandoned.delete(message)) {
      reply(message, { status: 'aborted' });
      return;
    }
    if (!silent) {
      count++;
      publish('execute_input', message, { code, execution_count: count });
    }
    current = message;
    const outcome = await session.ask({ ask: 'execute', code, name: `Cell [${count}]` });
    if (outcome.status === 'ok') {
      if (outcome.result && !silent) {
        publish('execute_result', message, { data: outcome.result, metadata: {}, execution_count: count });
      }
      reply(message, { status: 'ok', execution_count: count, user_expressions: {}, payload: [] });
      return;
    }
    const { ename, evalue, traceback } = outcome;
    fail(message, { ename, evalue, traceback });
    if (content.stop_on_error === false || silent) return;
    // What arrived while the cell ran is the rest of "run all"; what comes later was sent in knowledge of the error.
    await new Promise((resolve) => setImmediate(resolve));
    for (const waiting of queue) abandoned.add(waiting);
  }

  function fail(message: Message, error: { ename: string; evalue: string; traceback: string[] }): void {
    publish('error', message, error);
    reply(message, { status: 'error', execution_count: count, ...error });
  }

  async function control(message: Message, channel: 'shell' | 'control' = 'control'): Promise<void> {
    switch (message.header.msg_type) {
      case 'interrupt_request':
        session.interrupt();
        reply(message, { status: 'ok' }, channel);
        return;
      case 'kernel_info_request':
        reply(message, kernelInfo(options.version, typescriptVersion), channel);
        return;
      case 'shutdown_request':
        closing = true;
        reply(message, { status: 'ok', restart: message.content.restart === true }, channel);
        session.kill();
        setTimeout(() => void close(false));
        return;
    }
  }

  // The cell that was running gets the reason; then Jupyter sees the kernel end, and offers a new one.
  async function die(sentence: string): Promise<void> {
    if (closing) return;
    closing = true;
    if (working && current) {
      const remedy = 'Variables are lost: run the notebook from its first cell.';
      const evalue = `${sentence} ${remedy}`;
      fail(current, {
        ename: 'KernelDied',
        evalue,
        traceback: [`\u001b[31mKernelDied\u001b[39m: ${evalue}`],
      });
    }
    await close(true);
  }

  async function close(died: boolean): Promise<void> {
    await sockets.drained();
    // What was handed to ZeroMQ leaves in its own thread; give it a moment.
    await new Promise((resolve) => setTimeout(resolve, 100));
    sockets.close();
    finish(died);
  }

  publish('status', undefined, { execution_state: 'starting' });
  return { interrupt: () => session.interrupt(), ended };
}
