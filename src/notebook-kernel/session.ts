/** Starts the process in which cells run and speaks with it; knows when it dies. */
import { fork } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { environment } from '../config/environment.js';
import type { CellOutput, FromHost, HostAnswers, HostRequest, ToHost } from './host-messages.js';

/** A running session, for one request at a time. After its death each one rejects with the reason. */
export interface Session {
  /** Resolves when cells can run; rejects when the process dies before. */
  readonly ready: Promise<{ typescriptVersion: string }>;
  /** Resolves with a sentence when the process has ended, however it did. */
  readonly ended: Promise<string>;
  ask<R extends HostRequest>(request: R): Promise<HostAnswers[R['ask']]>;
  /** Stops the cell that was asked for last, running or about to, and keeps the variables. */
  interrupt(): void;
  /** Ends the process at once. */
  kill(): void;
  /** Where outputs go from now on. */
  onOutput(take: (output: CellOutput) => void): void;
}

/** A request that has no answer yet. */
interface Waiting {
  request: ToHost;
  resolve: (answer: never) => void;
  reject: (reason: Error) => void;
}

/** Starts a session whose cells resolve imports and paths from `root`, the project's folder. */
export function startSession(root: string, options: { env?: NodeJS.ProcessEnv } = {}): Session {
  const child = fork(fileURLToPath(new URL('./host.js', import.meta.url)), [root, '4'], {
    cwd: root,
    env: { ...environment, ...options.env },
    execArgv: [
      // Cells reach the package with `require`, about which Node 20 still warns.
      '--disable-warning=ExperimentalWarning',
      // A stopped timer callback leaves Node's bookkeeping of callbacks one short; it would abort over that.
      '--no-force-async-hooks-checks',
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
    serialization: 'json',
  });
  const interrupts = child.stdio[4] as Writable;
  const waiting = new Map<number, Waiting>();
  let take: (output: CellOutput) => void = () => {};
  let last = 0;
  let cells = 0;
  let gone: string | undefined;
  let becomeReady: (info: { typescriptVersion: string }) => void;
  let failReady: (reason: Error) => void;
  let end: (sentence: string) => void;
  const ready = new Promise<{ typescriptVersion: string }>((resolve, reject) => {
    becomeReady = resolve;
    failReady = reject;
  });
  ready.catch(() => {});
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });

  // What is written past the session (by a program that a cell starts, or by a crash) still belongs to the cell.
  let crash = '';
  for (const name of ['stdout', 'stderr'] as const) {
    (child[name] as Readable).setEncoding('utf8').on('data', (text: string) => {
      if (name === 'stderr') crash = (crash + text).slice(-4000);
      take({ kind: 'stream', name, text });
    });
  }
  interrupts.on('error', () => {});
  child.on('error', (error) => die(`could not be started: ${error.message}`));
  child.on('close', (code, signal) => die(howItEnded(code, signal, crash)));
  child.on('message', (message: FromHost) => {
    if (message.say === 'ready') becomeReady({ typescriptVersion: message.typescriptVersion });
    else if (message.say === 'output') take(message.output);
    else if (message.say === 'heard') {
      for (const { request } of waiting.values()) if (request.id > message.id) child.send(request);
    } else {
      waiting.get(message.id)?.resolve(message.answer as never);
      waiting.delete(message.id);
    }
  });

  function die(how: string): void {
    if (gone !== undefined) return;
    gone = `The notebook's process ${how}.`;
    failReady(new Error(gone));
    for (const { reject } of waiting.values()) reject(new Error(gone));
    waiting.clear();
    end(gone);
  }

  return {
    ready,
    ended,
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (gone !== undefined || !child.connected) {
          reject(new Error(gone ?? "The notebook's process has ended."));
          return;
        }
        const id = ++last;
        if (request.ask === 'execute') cells++;
        waiting.set(id, { request: { ...request, id }, resolve, reject });
        child.send({ ...request, id });
      }),
    interrupt: () => void interrupts.write(`${cells}\n`),
    kill: () => void child.kill('SIGKILL'),
    onOutput: (next) => {
      take = next;
    },
  };
}

function howItEnded(code: number | null, signal: string | null, crash: string): string {
  if (/heap out of memory/.test(crash)) return 'ran out of memory';
  if (signal) return `was killed (${signal})`;
  return `ended with code ${code}`;
}
