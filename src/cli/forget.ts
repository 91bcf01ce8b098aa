/** `alambique forget`: one person's predictions are made unreadable, and the log still proves itself. */
import { setting } from '../config/read-settings.js';
import { canonicalJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import { forgetPerson } from '../store/forget-person.js';
import { type Command, exitCodes } from './command.js';

export const forget: Command = {
  name: 'forget',
  summary:
    'Makes the kept predictions about one person unreadable, in all studies or in one; "audit verify" still holds.',
  arguments: '[study]',
  mostArguments: 1,
  options: {
    id: { type: 'string', value: 'value', help: 'the person, as the id column of the schema names them' },
    json: { type: 'boolean', help: 'print what was forgotten as JSON' },
  },
  async run({ values, positionals: [study] }, effects) {
    const folder = setting('audit', effects);
    if (typeof values.id !== 'string' || folder === undefined) {
      throw new Problem({
        code: 'cli-arguments',
        what:
          folder === undefined
            ? 'no log is kept: ALAMBIQUE_AUDIT is "off"'
            : 'it is not said who is to be forgotten',
        expected: '--id with the value of the id column',
      });
    }
    const forgotten = await forgetPerson(values.id, { folder, ...(study !== undefined && { study }) });
    if (values.json) effects.out(`${canonicalJson(forgotten as unknown as Json)}\n`);
    else {
      for (const { study: name, predictions } of forgotten)
        effects.out(`${name}: ${predictions} predictions about this person can no longer be read.\n`);
      effects.out(
        'Copies of the folder of the log, as backups are, still hold the key: remove it there, too.\n',
      );
    }
    return exitCodes.done;
  },
};
