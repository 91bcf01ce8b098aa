/** `alambique promote` and `alambique rollback`: who is champion, with the reason, in the record. */

import { setting } from '../config/read-settings.js';
import type { OpenRun } from '../database/record-run.js';
import { loadServed } from '../forecast/study/load-served.js';
import { Problem } from '../problem.js';
import { type DecideOptions, type Decision, promoteVersion, rollBack } from '../store/registry.js';
import { type Command, type Effects, exitCodes, type Option, type OptionValues } from './command.js';
import { recorded } from './recorded.js';
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
    const act = (): Promise<Decision> => promoteVersion(`${study}@${version}`, options);
    await decide({ kind: 'promotion', study, act }, options, effects);
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
    const options = decideOptions(values, why, effects);
    await decide({ kind: 'rollback', study, act: () => rollBack(study, options) }, options, effects);
    return exitCodes.done;
  },
};

function decideOptions(values: OptionValues, why: string, effects: Effects): DecideOptions {
  const { by } = values as { by?: string };
  return { folder: setting('models', effects), now: effects.now(), why, ...(by !== undefined && { by }) };
}

/** Takes the decision, records it and says what it was. */
async function decide(
  { kind, study, act }: { kind: 'promotion' | 'rollback'; study: string; act: () => Promise<Decision> },
  { by: who, why }: DecideOptions,
  effects: Effects,
): Promise<void> {
  const work = async (run: OpenRun): Promise<Decision> => {
    const decision = await act();
    run.note({ output: { from: decision.from, to: decision.to } });
    return decision;
  };
  const run = { kind, name: study, input: { why }, work, ...(who !== undefined && { who }) };
  const { from, to, by } = await recorded(run, effects);
  const before = from === null ? '' : ` (before: ${from})`;
  effects.out(
    `Champion: ${study}@${to}${before}, decided by ${by}. A running service takes it within a second.\n`,
  );
}
