/** `alambique look`: what stands in a file that nobody has declared yet. */
import { canonicalJson } from '../json.js';
import { look as lookAt } from '../look/look-at-file.js';
import { Problem } from '../problem.js';
import { print } from '../table/print.js';
import { type Command, exitCodes } from './command.js';

export const look: Command = {
  name: 'look',
  summary: 'Looks at a CSV file: how it is written, what stands in each column, and what to ask about it.',
  arguments: '<file>',
  mostArguments: 1,
  options: { json: { type: 'boolean', help: 'print what is seen as JSON' } },
  async run({ values, positionals: [path] }, effects) {
    if (path === undefined) {
      throw new Problem({
        code: 'cli-arguments',
        what: 'no file is named',
        expected: 'alambique look customers.csv',
      });
    }
    const seen = await lookAt(path);
    if (values.json) effects.out(`${canonicalJson(seen.toJSON())}\n`);
    else {
      const { [print]: text } = seen as unknown as { [print](): string };
      effects.out(
        `${text.call(seen)}\n\nStart a study of it with: npx alambique new NAME --from ${word(path)} --target ${word(seen.targets[0]?.column ?? 'COLUMN')}\n`,
      );
    }
    return exitCodes.done;
  },
};

/** As a shell takes it for one word. */
function word(text: string): string {
  return /^[\w./@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
