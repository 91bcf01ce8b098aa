/** `alambique serve`: starts the service as a program of its own, which knows nothing of the command line. */
import type { Environment } from '../config/environment.js';
import { setting } from '../config/read-settings.js';
import { settings } from '../config/settings.js';
import { Problem } from '../problem.js';
import { waitingChallenger } from '../store/registry.js';
import { type Command, type Effects, type OptionValues, wholeNumber } from './command.js';
import { defaultReferences } from './default-reference.js';

export const serve: Command = {
  name: 'serve',
  summary: 'Serves kept models over HTTP, on 127.0.0.1:3000 unless PORT and HOST say otherwise.',
  arguments: '[study@alias …]',
  options: {
    port: { type: 'string', value: 'n', help: 'the port (PORT, or 3000)' },
    host: { type: 'string', value: 'address', help: 'the address to listen on (HOST, or 127.0.0.1)' },
  },
  run({ values, positionals }, effects) {
    const references = positionals.length > 0 ? positionals : defaultReferences(effects);
    return serveModels(references, effects, serveFlags(values));
  },
};

/** The options of the service as the settings that they stand for. Throws `cli-arguments`. */
export function serveFlags(values: OptionValues): Environment {
  const port = wholeNumber(values, 'port', { least: 0, most: 65535 });
  const host = values.host as string | undefined;
  return {
    ...(port !== undefined && { [settings.port.name]: String(port) }),
    ...(host !== undefined && { [settings.host.name]: host }),
  };
}

/** Runs the service until it ends or is stopped; its exit code. The first model answers the short routes. */
export async function serveModels(
  references: readonly string[],
  effects: Effects,
  flags: Environment = {},
): Promise<number> {
  // Whoever asked to stop while the study was being written does not want a service.
  effects.signal?.throwIfAborted();
  for (const reference of references) sayWhatWaits(reference, effects);
  return effects.serve({ ...effects.env, [settings.model.name]: references.join(','), ...flags });
}

/** Says that a newer challenger waits, where the champion is served. */
function sayWhatWaits(reference: string, effects: Effects): void {
  const [study = '', alias = 'champion'] = reference.split('@');
  if (alias !== 'champion') return;
  try {
    const waiting = waitingChallenger(study, { folder: setting('models', effects) });
    if (waiting === undefined) return;
    effects.out(
      `Waits:  ${study}@${waiting}, a challenger newer than the champion\n        alambique promote ${study}@${waiting} --why "…"\n`,
    );
  } catch (error) {
    // What is wrong with a model or an alias, the service says.
    if (!(error instanceof Problem)) throw error;
  }
}
