/** `alambique notebooks`: runs notebooks from the top, without a window. */

import { Problem } from '../problem.js';
import { runNotebooks } from '../run/notebooks.js';
import { type Command, exitCodes } from './command.js';

const engines = ['node', 'jupyter'] as const;
const dataKinds = ['simulated', 'real'] as const;

export const notebooks: Command = {
  name: 'notebooks',
  summary: 'Runs notebooks from the top and says which cell failed, where and why.',
  arguments: '[notebook or folder …]',
  options: {
    engine: { type: 'string', value: 'node|jupyter', help: 'plain Node (the default), or the real Jupyter' },
    timeout: { type: 'string', value: 'seconds', help: 'the longest that one cell may take (120)' },
    data: { type: 'string', value: 'simulated|real', help: 'for notebooks that declare a parameter "data"' },
    save: { type: 'boolean', help: 'write the outputs into the notebooks, cleaned' },
  },
  async run({ values, positionals }, effects) {
    const timeout = Number(values.timeout ?? 120);
    if (!(timeout > 0)) throw wrongValue('timeout', values.timeout, 'a number of seconds above 0');
    if (values.save && values.data !== undefined) {
      throw new Problem({
        code: 'cli-arguments',
        what: '--save and --data exclude each other: what is saved must follow from the notebook as it stands',
      });
    }
    return (await runNotebooks(
      {
        paths: positionals,
        engine: oneOf(engines, 'engine', values.engine),
        data: oneOf(dataKinds, 'data', values.data),
        timeout,
        save: values.save === true,
      },
      effects,
    )) === 0
      ? exitCodes.done
      : exitCodes.refused;
  },
};

function oneOf<T extends string>(choices: readonly T[], option: string, value: unknown): T | undefined {
  if (value === undefined || choices.includes(value as T)) return value as T | undefined;
  throw wrongValue(option, value, choices.join(' or '));
}

function wrongValue(option: string, value: unknown, expected: string): Problem {
  return new Problem({ code: 'cli-arguments', what: `--${option} cannot be "${value}"`, expected });
}
