/** Where the service finds clients by id: the current features that the night's job left in the database. */
import { type ClientRecord, type Database, readClient, readClients } from '../../src/serving.js';

/** Finds clients. */
export interface ClientLookup {
  /** Those of these ids that are known, by id; others may be among them. Rejects where the database cannot be asked. */
  read(study: string, ids: readonly string[]): Promise<ReadonlyMap<string, ClientRecord>>;
}

/** Ids that are asked about in this turn of the event loop, and what will answer all of them. */
interface Turn {
  readonly ids: Set<string>;
  readonly found: Promise<ReadonlyMap<string, ClientRecord>>;
}

/** The lookup in a database. Requests that came in one turn of the event loop are looked up together. */
export function clientLookup(database: Database, { now }: { now: () => Date }): ClientLookup {
  const turns = new Map<string, Turn>();

  const ask = async (study: string, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, ClientRecord>> => {
    // All that came together have asked when the next task of this turn begins.
    await undefined;
    turns.delete(study);
    if (ids.size > 1) return readClients(database, { study, ids: [...ids], now: now() });
    const [id = ''] = ids;
    const client = await readClient(database, { study, id, now: now() });
    return client ? new Map([[id, client]]) : nobody;
  };

  return {
    read(study, ids) {
      let turn = turns.get(study);
      if (turn === undefined) {
        const asked = new Set<string>();
        turn = { ids: asked, found: ask(study, asked) };
        turns.set(study, turn);
      }
      for (const id of ids) turn.ids.add(id);
      return turn.found;
    },
  };
}

const nobody: ReadonlyMap<string, ClientRecord> = new Map();
