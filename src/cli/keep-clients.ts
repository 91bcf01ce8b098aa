/** Computes the current features of a study's clients, and keeps them in the database; the night's job and every run do. */
import { currentFeatures } from '../clients/current-features.js';
import { type PublishedClients, publishClients } from '../clients/publish-clients.js';
import { readClientRows } from '../clients/read-client-rows.js';
import { setting } from '../config/read-settings.js';
import { openDatabase } from '../database/database.js';
import type { OpenRun } from '../database/record-run.js';
import type { FoundData } from '../study/find-data.js';
import type { Study } from '../study/study.js';
import type { Effects } from './command.js';

/** Features that were kept, as of when. */
export interface KeptClients extends PublishedClients {
  readonly asOf: Date;
}

/** The features of all clients in the file that was found, as of `asOf`. Throws what reading and the database throw. */
export async function keepClients(
  { name, clients, data }: Study & Required<Pick<Study, 'clients'>>,
  { found, asOf, run }: { found: FoundData; asOf: Date; run: OpenRun },
  effects: Pick<Effects, 'env' | 'workspace' | 'now'>,
): Promise<KeptClients> {
  const { table, source } = await readClientRows(found.path, clients, { dialect: data.dialect });
  const current = currentFeatures(clients, table, { asOf });
  const database = await openDatabase({ url: setting('database', effects) });
  try {
    const kept = await publishClients(database, {
      ...{ study: name, clients, current, now: effects.now() },
      source: { ...source, simulated: found.simulated },
    });
    const { clients: count, set, current: isCurrent } = kept;
    run.note({
      input: { clients: { ...source, asOf: asOf.toISOString() } },
      output: { clients: { count, set, current: isCurrent } },
    });
    return { ...kept, asOf };
  } finally {
    await database.close();
  }
}

/** What was kept, in a sentence. */
export function keptSentence({ clients, asOf, kept }: KeptClients): string {
  const features = `${clients} clients, as of ${asOf.toISOString().slice(0, 16)}Z`;
  if (kept === undefined) return `Features of ${features}, answer by id.`;
  const why = kept === 'later' ? 'those of a later moment' : 'those of real clients';
  return `Features of ${features}, are not served: the database has ${why}.`;
}
