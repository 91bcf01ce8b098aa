/** Makes what the log holds of one person unreadable: their key is thrown away, the chain stays as it is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import { filePersonKeys, keysFolder } from './file-person-keys.js';
import { predictionLogs } from './prediction-logs.js';
import { countSealed } from './read-predictions.js';

/** What was forgotten in one study's log. */
export interface Forgotten {
  readonly study: string;
  /** How many predictions cannot be read any more. */
  readonly predictions: number;
}

/**
 * Forgets a person, named as the `id` of their rows, in the logs of all studies under `folder`, or of one. A service may
 * run meanwhile. Throws `store-no-log` where there is no log, `store-unknown-person` where none knows the person.
 *
 * @example
 * const forgotten = forgetPerson('client-17', { folder: 'predictions' }); // [{ study: 'loans', predictions: 3 }]
 * await forgotten.catch(({ issues }: Problem) => issues[0]?.code); // → 'store-no-log'
 */
export async function forgetPerson(
  person: string,
  { folder, study }: { folder: string; study?: string },
): Promise<Forgotten[]> {
  const logs = predictionLogs(folder, study);
  if (!logs.some((log) => existsSync(log.folder))) {
    throw new Problem({
      code: 'store-no-log',
      what: 'there is no log of predictions',
      where: { file: study === undefined ? folder : join(folder, study) },
    });
  }
  const found: Forgotten[] = [];
  for (const log of logs) {
    const key = await filePersonKeys(keysFolder(log.folder)).forget(person);
    if (key !== undefined) found.push({ study: log.study, predictions: await countSealed(log.folder, key) });
  }
  if (found.length > 0) return found;
  throw new Problem({
    code: 'store-unknown-person',
    what: 'no prediction is kept that can be told to be about this person',
    expected:
      'the value of the `id` column that the schema declares; without such a column nobody can be told apart',
    remedy: 'say --unseen to keep somebody out of later copies whom nothing here knows',
  });
}

/** Whether a log has predictions that can be told to be about this person. */
export function knowsPerson(person: string, { folder, study }: { folder: string; study?: string }): boolean {
  return predictionLogs(folder, study).some(
    (log) => filePersonKeys(keysFolder(log.folder)).known(person) !== undefined,
  );
}
