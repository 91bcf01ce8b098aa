/** The process in which cells run: answers its starter's requests, and stops a cell when told to. Started by `startSession`. */
import '../engine.js';
import { argv, chdir, cwd } from 'node:process';
import { Worker } from 'node:worker_threads';
import { type DisplaySink, setDisplaySink } from '../display.js';
import { buildSentence } from './build-state.js';
import type { CellError } from './cell-error.js';
import { type CellOutcome, CellSession } from './cell-session.js';
import { trackTimers } from './cell-timers.js';
import { trackWorkers } from './cell-workers.js';
import type { FromHost, HostAnswers, StopReason, ToHost } from './host-messages.js';
import type { FromInterrupter, InterrupterData, ToInterrupter } from './interrupter.js';
import { captureStreams } from './streams.js';

// Taken before cells' timers are tracked, so that an interrupt does not clear it.
const laterTurn = setImmediate;

const stops: { [reason in StopReason]: CellError } = {
  interrupt: sentence('Interrupted', 'the cell was stopped by an interrupt; variables keep their values.'),
  'too-much-output': sentence(
    'TooMuchOutput',
    'the cell was stopped: it printed more than 10 MB. Print less, or write to a file.',
  ),
};

if (process.send) main();

function main(): void {
  chdir(argv[2] ?? cwd());
  const clearTimers = trackTimers();
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const interrupter = new Worker(new URL('./interrupter.js', import.meta.url), {
    workerData: { descriptor: Number(argv[3] ?? 4), begun } satisfies InterrupterData,
  });
  const endWorkers = trackWorkers();
  const session = new CellSession(cwd());
  const tell = (message: ToInterrupter): void => interrupter.postMessage(message);
  const streams = captureStreams({
    write: (name, text) => say({ say: 'output', output: { kind: 'stream', name, text } }),
    tooMuch: () => tell({ say: 'stop', reason: 'too-much-output' }),
  });
  const show: DisplaySink = (bundle, target) => {
    streams.flush();
    say({ say: 'output', output: { kind: 'display', bundle, ...target } });
  };
  setDisplaySink(Object.assign(show, { now: () => performance.now() }));

  // Ends the running cell; a stopped cell's own promise never settles, so this is kept outside of it.
  let finish: ((outcome: CellOutcome) => void) | undefined;
  let stopped = 0;
  let warned = false;

  interrupter.on('message', ({ reason, cell }: FromInterrupter) => {
    tell({ say: 'acknowledge' });
    if (cell !== begun[0]) return;
    stopped = cell;
    clearTimers();
    const end = finish;
    void endWorkers().then(() => end?.({ status: 'error', ...stops[reason] }));
  });
  interrupter.unref();

  async function execute(code: string, name: string): Promise<CellOutcome> {
    const cell = Atomics.add(begun, 0, 1) + 1;
    tell({ say: 'begin' });
    streams.begin();
    if (!warned && /['"]alambique['"]/.test(code)) {
      warned = true;
      const stale = buildSentence(cwd());
      if (stale) process.stderr.write(`${stale}\n`);
    }
    const outcome = await new Promise<CellOutcome>((resolve) => {
      finish = resolve;
      // A stop drops the job that it hits and all that wait behind it, and this function must live on to tell of it:
      // so the cell is a job of its own, alone in its turn of the loop.
      laterTurn(() => {
        if (stopped === cell) return;
        queueMicrotask(() => void session.execute(code, name).then(resolve));
      });
    });
    finish = undefined;
    streams.flush();
    // A cell may end before it is stopped; its output is cut all the same.
    return streams.overflowed ? { status: 'error', ...stops['too-much-output'] } : outcome;
  }

  async function answer(request: ToHost): Promise<HostAnswers[keyof HostAnswers]> {
    switch (request.ask) {
      case 'execute':
        return execute(request.code, request.name);
      case 'complete':
        return session.complete(request.code, request.position);
      case 'inspect':
        return { text: session.inspect(request.code, request.position) };
      case 'is-complete':
        return session.isComplete(request.code);
    }
  }

  // An error that no cell awaited: the running cell's, as far as anyone can tell; between cells it is only told.
  function unawaited(error: unknown): void {
    const described = session.describeError(error);
    if (finish) finish({ status: 'error', ...described });
    else process.stderr.write(`Not awaited by any cell:\n${described.traceback.join('\n')}\n`);
    streams.flush();
  }

  process.on('uncaughtException', unawaited);
  process.on('unhandledRejection', unawaited);
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.on('SIGINT', () => {});
  process.on('message', (request: ToHost) => {
    answer(request).then(
      (given) => say({ say: 'answer', id: request.id, answer: given }),
      // The compiler can break down on odd code; an empty answer to Tab is better than none.
      () => say({ say: 'answer', id: request.id, answer: emptyAnswer(request) }),
    );
  });
  say({ say: 'ready', typescriptVersion: session.typescriptVersion });
}

function say(message: FromHost): void {
  process.send?.(message);
}

function emptyAnswer(request: ToHost): HostAnswers[keyof HostAnswers] {
  if (request.ask === 'complete') {
    return { start: request.position, end: request.position, matches: [], kinds: [] };
  }
  return request.ask === 'is-complete' ? { completed: true } : {};
}

function sentence(ename: string, evalue: string): CellError {
  return { ename, evalue, traceback: [`\u001b[31m${ename}\u001b[39m: ${evalue}`] };
}
