/** Where the service finds clients by id: the current features that the night's job left in the database. */
import { type ClientRecord, type Database, readClient, readClients } from '../../src/serving.js';

/** Finds clients. */
export interface ClientLookup {
  /** Those of these ids that are known, by id. Rejects where the database cannot be asked. */
  read(study: string, ids: readonly string[]): Promise<ReadonlyMap<string, ClientRecord>>;
}

const nobody: ReadonlyMap<string, ClientRecord> = new Map();

/** The lookup in a database. */
export function clientLookup(database: Database, { now }: { now: () => Date }): ClientLookup {
  return {
    async read(study, ids) {
      const [id, ...others] = ids;
      if (id === undefined || others.length > 0) return readClients(database, { study, ids, now: now() });
      const client = await readClient(database, { study, id, now: now() });
      return client ? new Map([[id, client]]) : nobody;
    },
  };
}
