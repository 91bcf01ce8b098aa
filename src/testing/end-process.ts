/** Ends a process that a test started. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Sends the signal, and waits until the process is gone: a folder in which it still writes cannot be removed. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
