/** Where the service finds clients by id: the current features that the night's job left in the database. */
import { type ClientRecord, type Database, readClients } from '../../src/serving.js';

/** Finds clients. */
export interface ClientLookup {
  /** Those of these ids that are known, by id. Rejects where the database cannot be asked. */
  read(study: string, ids: readonly string[]): Promise<ReadonlyMap<string, ClientRecord>>;
}

/** The lookup in a database. */
export function clientLookup(database: Database, { now }: { now: () => Date }): ClientLookup {
  return { read: (study, ids) => readClients(database, { study, ids, now: now() }) };
}
