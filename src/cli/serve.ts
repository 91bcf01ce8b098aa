/** `alambique serve`: starts the service as a program of its own, which knows nothing of the command line. */
import { type Command, type Effects, wholeNumber } from './command.js';
import { defaultStudy } from './studies/find-studies.js';

export const serve: Command = {
  name: 'serve',
  summary: 'Serves a kept model over HTTP, on 127.0.0.1:3000 unless PORT and HOST say otherwise.',
  arguments: '[study@alias]',
  mostArguments: 1,
  options: {
    port: { type: 'string', value: 'n', help: 'the port (PORT, or 3000)' },
    host: { type: 'string', value: 'address', help: 'the address to listen on (HOST, or 127.0.0.1)' },
  },
  run({ values, positionals }, effects) {
    return serveModel(positionals[0] ?? defaultStudy(effects), effects, {
      port: wholeNumber(values, 'port', { least: 0, most: 65535 }),
      host: values.host as string | undefined,
    });
  },
};

/** Runs the service until it ends or is stopped; its exit code. */
export async function serveModel(
  reference: string,
  effects: Effects,
  options: { port?: number; host?: string } = {},
): Promise<number> {
  // Whoever asked to stop while the study was being written does not want a service.
  effects.signal?.throwIfAborted();
  return effects.serve({
    ...effects.env,
    ALAMBIQUE_MODEL: reference,
    ...(options.port !== undefined && { PORT: String(options.port) }),
    ...(options.host !== undefined && { HOST: options.host }),
  });
}
