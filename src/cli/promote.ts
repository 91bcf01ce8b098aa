/** `alambique promote` and `alambique rollback`: who is champion, with the reason, in the record. */

import { setting } from '../config/read-settings.js';
import { loadServed } from '../forecast/study/load-served.js';
import { Problem } from '../problem.js';
import { type DecideOptions, type Decision, promoteVersion, rollBack } from '../store/registry.js';
import { type Command, type Effects, exitCodes, type Option, type OptionValues } from './command.js';
import { reasonOf } from './run.js';
import { defaultStudy } from './studies/find-studies.js';

const by: Option = {
  type: 'string',
  value: 'name',
  help: 'who decides, for the record (the user of this machine)',
};

export const promote: Command = {
  name: 'promote',
  summary: 'Makes a kept model the champion of its study, once it is proved to be whole, and records why.',
  arguments: '<study@version>',
  mostArguments: 1,
  options: { why: { type: 'string', value: 'reason', help: 'why, for the record' }, by },
  async run({ values, positionals: [reference] }, effects) {
    if (reference === undefined) {
      throw new Problem({
        code: 'cli-arguments',
        what: 'the model to promote is missing',
        expected: 'study@version, or study@challenger',
      });
    }
    const options = decideOptions(values, reasonOf(values), effects);
    const { model, forecasts } = loadServed(reference, options);
    const { study, version } = model ?? forecasts;
    say(study, await promoteVersion(`${study}@${version}`, options), effects);
    return exitCodes.done;
  },
};

export const rollback: Command = {
  name: 'rollback',
  summary: 'Makes the champion before this one the champion again, and records why.',
  arguments: '[study]',
  mostArguments: 1,
  options: { why: { type: 'string', value: 'reason', help: 'why, for the record ("rolled back")' }, by },
  async run({ values, positionals: [named] }, effects) {
    const study = named ?? defaultStudy(effects);
    const why = values.why === undefined ? 'rolled back' : reasonOf(values);
    say(study, await rollBack(study, decideOptions(values, why, effects)), effects);
    return exitCodes.done;
  },
};

function decideOptions(values: OptionValues, why: string, effects: Effects): DecideOptions {
  const { by } = values as { by?: string };
  return { folder: setting('models', effects), now: effects.now(), why, ...(by !== undefined && { by }) };
}

function say(study: string, { from, to, by }: Decision, effects: Effects): void {
  const before = from === null ? '' : ` (before: ${from})`;
  effects.out(
    `Champion: ${study}@${to}${before}, decided by ${by}. A running service takes it within a second.\n`,
  );
}
