/** A thread beside a session that can stop its main thread, even in an endless loop, without losing its variables. */
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { parentPort, workerData } from 'node:worker_threads';
import type { StopReason } from './host-messages.js';

/** How long the main thread may take to answer before it counts as busy, in milliseconds. */
const patience = 100;
/** How long after a stop the main thread may not become busy again with what was stopped, in milliseconds. */
const watch = 1000;

/** What the thread is given. */
export interface InterrupterData {
  /** The file descriptor on which the starter writes, for each interrupt, a line with the number of the cell it is for. */
  descriptor: number;
  /** Its one element is the number of the cell that the main thread began last; shared, so that it is never out of date. */
  begun: Int32Array;
}

/** From the main thread: `acknowledge` answers a stop; `begin` says that a new cell begins; `stop` asks for one. */
export type ToInterrupter = { say: 'acknowledge' } | { say: 'begin' } | { say: 'stop'; reason: StopReason };

/** To the main thread: end the running cell, if it is still that number `cell`, and acknowledge. */
export interface FromInterrupter {
  reason: StopReason;
  cell: number;
}

if (parentPort) main(parentPort, workerData as InterrupterData);

function main(port: NonNullable<typeof parentPort>, { descriptor, begun }: InterrupterData): void {
  let answered: (() => void) | undefined;
  const cell = (): number => Atomics.load(begun, 0);
  // An interrupt may overtake the request to run the very cell that it is for.
  let due = 0;
  let stopping = false;
  let wanted: StopReason | undefined;

  port.on('message', (message: ToInterrupter) => {
    if (message.say === 'acknowledge') answered?.();
    else if (message.say === 'begin') {
      if (due === cell()) void stop('interrupt');
    } else void stop(message.reason);
  });

  // The starter's end closes when it dies, however it dies: then nobody wants this session's work any more.
  const starter = new Socket({ fd: descriptor, readable: true, writable: false });
  createInterface({ input: starter }).on('line', (line) => {
    const wantedCell = Number(line);
    if (wantedCell === cell()) void stop('interrupt');
    else due = wantedCell;
  });
  for (const end of ['end', 'error'] as const) starter.on(end, () => process.kill(process.pid, 'SIGKILL'));

  async function stop(reason: StopReason): Promise<void> {
    wanted = reason;
    if (stopping) return;
    stopping = true;
    while (wanted) {
      const [now, stopped, until]: [StopReason, number, number] = [wanted, cell(), Date.now() + watch];
      wanted = undefined;
      // A stopped async function may live on in a later turn of the loop; so look again for a while.
      do {
        port.postMessage({ reason: now, cell: stopped } satisfies FromInterrupter);
        while (!(await isAnswered()) && cell() === stopped) terminateMain();
        await new Promise((resolve) => setTimeout(resolve, patience));
      } while (cell() === stopped && !wanted && Date.now() < until);
    }
    stopping = false;
  }

  function isAnswered(): Promise<boolean> {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), patience);
      answered = () => {
        clearTimeout(late);
        resolve(true);
      };
    });
  }
}

/** Ends what JavaScript the main thread is running now; its next turn of the event loop runs as usual. */
function terminateMain(): void {
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.terminateExecution');
  session.disconnect();
}
