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
import {
  enter,
  type FromInterrupter,
  type InterrupterData,
  phases,
  sharedAt,
  type ToInterrupter,
} from './interrupter.js';
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
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const interrupter = new Worker(new URL('./interrupter.js', import.meta.url), {
    workerData: { descriptor: Number(argv[3] ?? 4), shared } satisfies InterrupterData,
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

  /** The last request that was taken; it is answered before the next one comes. */
  let heard = 0;
  let stopped: { cell: number; reason: StopReason } | undefined;
  let warned = false;

  // Whatever runs here can be cut off in its midst, and then comes again: nothing may be lost or told twice.
  interrupter.on('message', ({ ask, reason, cell }: FromInterrupter) => {
    tell({ say: 'acknowledge' });
    say({ say: 'heard', id: heard });
    if (cell !== shared[sharedAt.begun]) return;
    stopped = { cell, reason };
    clearTimers();
    const gone = endWorkers();
    if (ask === 'end') void gone.then(() => end(cell));
  });
  interrupter.unref();

  function take(request: ToHost): void {
    if (request.id <= heard) return;
    // A cut that is on its way would hit this request, too; its starter sends it again.
    if (!enter(shared, { from: phases.ended, to: phases.preparing })) return;
    heard = request.id;
    if (request.ask === 'execute') {
      execute(request);
      return;
    }
    if (request.ask === 'settle') settle(request.id);
    else say({ say: 'answer', id: request.id, answer: answer(request) });
    enter(shared, { from: phases.preparing, to: phases.ended });
  }

  /** Answers the request to run a cell, unless that is done, or the cell is being cut off at this moment. */
  function end(cell: number, outcome: CellOutcome = { status: 'ok' }): void {
    if (cell !== shared[sharedAt.begun]) return;
    if (!enter(shared, { from: phases.running, to: phases.ended })) return;
    session.giveUp();
    streams.end();
    tell({ say: 'ended' });
    // A cell may end by itself before it is stopped, or because its workers are; its outcome is the stop all the same.
    const reason = stopped?.cell === cell ? stopped.reason : streams.overflowed && 'too-much-output';
    const given: CellOutcome = reason ? { status: 'error', ...stops[reason] } : outcome;
    say({ say: 'answer', id: heard, answer: given });
  }

  function execute({ code, name }: Extract<ToHost, { ask: 'execute' }>): void {
    const cell = Atomics.add(shared, sharedAt.begun, 1) + 1;
    tell({ say: 'begin' });
    streams.begin();
    if (!warned && /['"]alambique['"]/.test(code)) {
      warned = true;
      const stale = buildSentence(cwd());
      if (stale) process.stderr.write(`${stale}\n`);
    }
    const compiled = session.compile(code, name);
    enter(shared, { from: phases.preparing, to: phases.running });
    // One turn more, in which what the cell left without an `await` may fail while it is still this cell's.
    const finish = (outcome: CellOutcome): unknown => laterTurn(() => end(cell, outcome));
    // A stop drops the job that it hits and all that wait behind it: so the cell is a job of its own, alone in its turn
    // of the loop.
    laterTurn(() => {
      if (stopped?.cell !== cell) queueMicrotask(() => void compiled.run().then(finish));
    });
  }

  function answer(request: Exclude<ToHost, { ask: 'execute' | 'settle' }>): HostAnswers[keyof HostAnswers] {
    const { code } = request;
    try {
      if (request.ask === 'is-complete') return session.isComplete(code);
      const { ask, position } = request;
      return ask === 'complete'
        ? session.complete(code, position)
        : { text: session.inspect(code, position) };
    } catch {
      // The compiler can break down on odd code; an empty answer to Tab is better than none.
      return emptyAnswer(request);
    }
  }

  /** Node tells when its event loop has nothing left; the channel to the starter must not count for that. */
  function settle(id: number): void {
    process.channel?.unref();
    process.once('beforeExit', () => {
      process.channel?.ref();
      say({ say: 'answer', id, answer: {} });
    });
  }

  // An error that no cell awaited: the running cell's, as far as can be told; between cells it is the notebook's.
  function unawaited(error: unknown): void {
    const described = session.describeUnawaited(error);
    const isRunning = shared[sharedAt.phase] === phases.running;
    if (isRunning) end(shared[sharedAt.begun]!, { status: 'error', ...described });
    else say({ say: 'output', output: { kind: 'unawaited', error: described } });
    streams.flush();
  }

  process.on('uncaughtException', unawaited);
  process.on('unhandledRejection', unawaited);
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.on('SIGINT', () => {});
  process.on('message', take);
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
