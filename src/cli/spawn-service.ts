/** Starts the service as a process of its own, and hands a wish to stop on to it. */
import { spawn } from 'node:child_process';
import { serviceProgram } from '../workspace.js';

/** Runs the service until it ends or is stopped; its exit code. */
export function spawnService(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<number> {
  const child = spawn(process.execPath, [serviceProgram()], { stdio: 'inherit', env });
  // A terminal's Ctrl+C reaches the child by itself; a signal sent to this process alone is handed on.
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
