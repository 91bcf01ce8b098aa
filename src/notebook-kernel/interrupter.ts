/** A thread beside a session that can stop its main thread, even in an endless loop, without losing its variables. */
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { StopReason } from './host-messages.js';

/** How long the main thread may take to answer before it counts as busy, in milliseconds: at first, and at most. */
const patience = { first: 100, most: 3000 };
/** How long after a stop the main thread must stay free of what was stopped, in milliseconds. */
const quiet = 200;

/** The numbers that both threads read and write, by their place in `InterrupterData.shared`. */
export const sharedAt: { readonly begun: 0; readonly phase: 1 } = { begun: 0, phase: 1 };

/**
 * What the main thread is at. It is cut off only while a cell is `running`, or between cells, once the cell has `ended`;
 * from then until it is free again it is `cutting`. While it is `preparing`, it compiles, which must not be disturbed.
 */
export const phases: { readonly ended: 0; readonly preparing: 1; readonly running: 2; readonly cutting: 3 } =
  {
    ended: 0,
    preparing: 1,
    running: 2,
    cutting: 3,
  };

/** Goes from one phase to another; false where it is another phase already. */
export function enter(shared: Int32Array, { from, to }: { from: number; to: number }): boolean {
  return Atomics.compareExchange(shared, sharedAt.phase, from, to) === from;
}

/** What the thread is given. */
export interface InterrupterData {
  /** The file descriptor on which the starter writes, for each interrupt, a line with the number of the cell it is for. */
  descriptor: number;
  /** The number of the cell that the main thread began last, and its phase; shared, so that they are never out of date. */
  shared: Int32Array;
}

/** From the main thread: it heard the last message, a new cell begins, the cell has ended, or the cell should be stopped. */
export type ToInterrupter =
  | { say: 'acknowledge' }
  | { say: 'begin' }
  | { say: 'ended' }
  | { say: 'stop'; reason: StopReason };

/**
 * To the main thread. `stop`: clear away what cell number `cell` has started. `end`: it will not go on, so tell its end.
 * Both may come more than once.
 */
export interface FromInterrupter {
  ask: 'stop' | 'end';
  reason: StopReason;
  cell: number;
}

if (parentPort) main(parentPort, workerData as InterrupterData);

function main(port: NonNullable<typeof parentPort>, { descriptor, shared }: InterrupterData): void {
  let answered = (): void => {};
  let hasEnded = (): void => {};
  const cell = (): number => Atomics.load(shared, sharedAt.begun);
  /** Whether the cell that began last has not ended. */
  const isRunning = (): boolean => Atomics.load(shared, sharedAt.phase) !== phases.ended;
  // An interrupt may overtake the request to run the very cell that it is for.
  let due = 0;
  let stopping = false;
  let wanted: StopReason | undefined;

  port.on('message', (message: ToInterrupter) => {
    if (message.say === 'acknowledge') answered();
    else if (message.say === 'ended') hasEnded();
    else if (message.say === 'begin') {
      if (due === cell()) void stop('interrupt');
    } else void stop(message.reason);
  });

  // The starter's end closes when it dies, however it dies: then this session's work is of no use any more.
  const starter = new Socket({ fd: descriptor, readable: true, writable: false });
  createInterface({ input: starter }).on('line', (line) => {
    due = Number(line);
    // Where that cell has not begun, the one before it may have left something that keeps the main thread busy.
    void stop('interrupt');
  });
  for (const end of ['end', 'error'] as const) starter.on(end, () => process.kill(process.pid, 'SIGKILL'));

  async function stop(reason: StopReason): Promise<void> {
    wanted = reason;
    if (stopping) return;
    stopping = true;
    while (wanted) {
      const message = { ask: 'stop' as const, reason: wanted, cell: cell() };
      wanted = undefined;
      await untilHeard(message);
      // A stopped async function may live on in a later turn of the loop, and is cut off there, too.
      do await wait(quiet);
      while (!(await untilHeard(message)));
      while (isRunning() && cell() === message.cell) {
        const end = within(patience.most, (done) => {
          hasEnded = done;
        });
        await untilHeard({ ...message, ask: 'end' });
        await end;
      }
    }
    stopping = false;
  }

  /** Says it until the main thread hears it, and cuts off what keeps the main thread from it; true where nothing did. */
  async function untilHeard(message: FromInterrupter): Promise<boolean> {
    const wasRunning = isRunning();
    for (let pause = patience.first, tries = 1; ; pause = Math.min(2 * pause, patience.most), tries++) {
      const hears = within(pause, (done) => {
        answered = done;
      });
      port.postMessage(message);
      if (await hears) return tries === 1;
      if (cell() !== message.cell || isRunning() !== wasRunning) return true;
      const from = wasRunning ? phases.running : phases.ended;
      if (!enter(shared, { from, to: phases.cutting })) continue;
      await terminateMain();
      enter(shared, { from: phases.cutting, to: from });
    }
  }
}

/** True when `start`'s function is called, false when that does not happen within so many milliseconds. */
function within(milliseconds: number, start: (done: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), milliseconds);
    start(() => {
      clearTimeout(late);
      resolve(true);
    });
  });
}

/** Ends what the main thread is running now; its next turn of the event loop runs as usual. */
function terminateMain(): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  return new Promise((resolve) => {
    session.post('Runtime.terminateExecution', () => {
      session.disconnect();
      resolve();
    });
  });
}
