/** `alambique run-notebook`: one notebook with parameters, and a copy of it as it ran. */
import { resolve } from 'node:path';
import { readNotebook, writeNotebook } from '../notebook/notebook.js';
import { Problem } from '../problem.js';
import { formatFailure } from '../run/failure.js';
import { injectParameters } from '../run/parameters.js';
import { runCells } from '../run/run-cells.js';
import { type Command, exitCodes } from './command.js';

export const runNotebook: Command = {
  name: 'run-notebook',
  summary: 'Runs a notebook with other parameters and keeps the executed copy.',
  arguments: '<notebook>',
  options: {
    parameter: {
      type: 'string',
      short: 'p',
      multiple: true,
      value: 'name=value',
      help: 'a value for a name that the cell tagged "parameters" declares; may be repeated',
    },
    output: { type: 'string', short: 'o', value: 'path', help: 'where the executed copy goes' },
    timeout: { type: 'string', value: 'seconds', help: 'the longest that one cell may take (120)' },
  },
  async run({ values, positionals }, effects) {
    const [file] = positionals;
    const output = values.output as string | undefined;
    const timeout = Number(values.timeout ?? 120);
    if (file === undefined || positionals.length > 1 || output === undefined || !(timeout > 0)) {
      throw new Problem({
        code: 'cli-arguments',
        what: 'run-notebook takes one notebook, -o with the path of the executed copy, and a timeout above 0',
      });
    }
    if (resolve(output) === resolve(file)) {
      throw new Problem({
        code: 'cli-arguments',
        what: 'the executed copy cannot replace the notebook itself',
        remedy: 'give -o another path',
      });
    }
    const parameters = parseParameters((values.parameter as readonly string[] | undefined) ?? []);
    const notebook = await injectParameters(readNotebook(file), parameters, file);
    const run = await runCells(notebook, { root: effects.workspace.root, timeout });
    // What ran until the failure is worth keeping: one sees there how it came to it.
    writeNotebook(resolve(output), run.notebook);
    if (!run.failure) {
      effects.out(`${output}: every cell ran.\n`);
      return exitCodes.done;
    }
    effects.err(`${formatFailure(file, run.failure)}\n`);
    return exitCodes.refused;
  },
};

function parseParameters(given: readonly string[]): { [name: string]: string } {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1)];
      throw new Problem({
        code: 'cli-arguments',
        what: 'a parameter has no value',
        got: JSON.stringify(text),
        expected: 'name=value',
      });
    }),
  );
}
