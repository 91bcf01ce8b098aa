/** `alambique serve`: starts the service as a program of its own, which knows nothing of the command line. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { workspace } from '../workspace.js';
import { type Command, type Effects, exitCodes } from './command.js';
import { defaultStudy } from './studies.js';

export const serve: Command = {
  name: 'serve',
  summary: 'Serves a kept model over HTTP, on 127.0.0.1:3000 unless PORT and HOST say otherwise.',
  arguments: '[study@alias]',
  options: {
    port: { type: 'string', value: 'n', help: 'the port (PORT, or 3000)' },
    host: { type: 'string', value: 'address', help: 'the address to listen on (HOST, or 127.0.0.1)' },
  },
  run({ values, positionals }, effects) {
    return serveModel(positionals[0] ?? defaultStudy, effects, {
      port: values.port as string | undefined,
      host: values.host as string | undefined,
    });
  },
};

/** Runs the service until it ends or is stopped; its exit code. */
export function serveModel(
  reference: string,
  effects: Effects,
  options: { port?: string; host?: string } = {},
): Promise<number> {
  const program = join(workspace().root, 'dist', 'serve', 'main.js');
  const env: Record<string, string | undefined> = { ...effects.env, ALAMBIQUE_MODEL: reference };
  if (options.port !== undefined) env.PORT = options.port;
  if (options.host !== undefined) env.HOST = options.host;
  const child = spawn(process.execPath, [program], { stdio: 'inherit', env });
  // A terminal's Ctrl+C reaches the child by itself; a signal sent to this process alone is handed on.
  effects.signal?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? exitCodes.refused));
  });
}
