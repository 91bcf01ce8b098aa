/** `alambique forget`: one person's predictions are made unreadable, and the next copies leave the person out. */
import { forgetClient, knowsClient } from '../clients/forget-client.js';
import { setting } from '../config/read-settings.js';
import type { Database } from '../database/database.js';
import { isForgotten, markForgotten } from '../database/forgotten.js';
import type { OpenRun } from '../database/record-run.js';
import { canonicalJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import { type Forgotten, forgetPerson, knowsPerson } from '../store/forget-person.js';
import { type Command, type Effects, exitCodes } from './command.js';
import { recorded } from './recorded.js';
import { withDatabase } from './with-database.js';

export const forget: Command = {
  name: 'forget',
  summary:
    'Forgets one person: kept predictions become unreadable ("audit verify" still holds), copies leave the person out.',
  arguments: '[study]',
  mostArguments: 1,
  options: {
    id: { type: 'string', value: 'value', help: 'the person, as the id column of the schema names them' },
    unseen: {
      type: 'boolean',
      help: 'forget them also where nothing here knows them: copies leave them out',
    },
    json: { type: 'boolean', help: 'print what was forgotten as JSON' },
  },
  async run({ values, positionals: [study] }, effects) {
    if (typeof values.id !== 'string' || values.id === '') {
      throw new Problem({
        code: 'cli-arguments',
        what: 'it is not said who is to be forgotten',
        expected: '--id with the value of the id column',
      });
    }
    const person = { id: values.id, study, unseen: values.unseen === true };
    const forgotten = await forgetEverywhere(person, effects);
    if (values.json) effects.out(`${canonicalJson(forgotten as unknown as Json)}\n`);
    else {
      for (const { study: name, predictions } of forgotten)
        effects.out(`${name}: ${predictions} predictions about this person can no longer be read.\n`);
      if (study === undefined) effects.out('The next copies of databases leave this person out.\n');
      effects.out(
        'Copies of the folder of the log, as backups are, still hold the key: remove it there, too.\n',
      );
    }
    return exitCodes.done;
  },
};

interface Person {
  readonly id: string;
  /** Only in its log; everywhere, also in copies, where absent. */
  readonly study: string | undefined;
  /** True where it is right that nothing here knows the person. */
  readonly unseen: boolean;
}

/** The record says that it was done, and not of whom: neither an id nor a hash of one is in it. */
function forgetEverywhere(person: Person, effects: Effects): Promise<Forgotten[]> {
  const work = (run: OpenRun): Promise<Forgotten[]> =>
    withDatabase(setting('database', effects), async (database) => {
      const forgotten = await forgetIn(database, person, effects);
      run.note({ output: { logs: forgotten.length } });
      return forgotten;
    });
  return recorded({ kind: 'forgetting', name: person.study ?? 'all', work }, effects);
}

async function forgetIn(
  database: Database,
  { id, study, unseen }: Person,
  effects: Effects,
): Promise<Forgotten[]> {
  const folder = setting('audit', effects);
  const isInLogs = folder !== undefined && knowsPerson(id, { folder, study });
  if (study === undefined) {
    const isKnown =
      isInLogs || unseen || (await knowsClient(database, id)) || (await isForgotten(database))(id);
    // First the list: where the rest is cut off, the next call knows the person by it.
    if (isKnown) await markForgotten(database, id);
    await forgetClient(database, id);
    await database.scrub();
    if (isKnown && !isInLogs) return [];
  }
  if (folder !== undefined) return forgetPerson(id, { folder, study });
  throw new Problem({
    code: 'store-no-log',
    what: 'no log is kept, as ALAMBIQUE_AUDIT is "off", and nothing else here knows this person',
    remedy: 'say --unseen where copies are to leave them out all the same',
  });
}
