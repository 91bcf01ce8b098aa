/** Reads clients' current features by id, in one statement: the whole of one set, never half of two. */
import type { CompiledQuery } from 'kysely';
import type { Database } from '../database/database.js';
import type { Cell } from '../table/table.js';
import type {
  ClientRecord,
  ClientSet,
  ClientValue,
  ClientValueStatus,
  StatedFeature,
} from './client-record.js';

/** Few enough values for one statement of either database. */
const idsAtOnce = 500;

/**
 * The current features of the client of that id; undefined where there is none, or none any more. `now` says what is too old.
 */
export async function readClient(
  database: Database,
  { study, id, now = new Date() }: { study: string; id: string; now?: Date },
): Promise<ClientRecord | undefined> {
  const read: CompiledQuery<ReadRow> = { ...lookupOf(database), parameters: [study, id] };
  const { rows } = await database.query.executeQuery(read);
  return rows[0] && recordOf(rows[0], now.getTime());
}

/** The current features of those of these clients that there are, by id, all of one set where they are at most 500. */
export async function readClients(
  database: Database,
  { study, ids, now = new Date() }: { study: string; ids: readonly string[]; now?: Date },
): Promise<Map<string, ClientRecord>> {
  const found = new Map<string, ClientRecord>();
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const rows = await selectClients(database, study)
      .where('clients_features.client', 'in', ids.slice(from, from + idsAtOnce))
      .execute();
    for (const row of rows) found.set(row.client, recordOf(row, now.getTime()));
  }
  return found;
}

/** What the current features of a study's clients are, and as of when; undefined where none were ever computed. */
export async function readClientSet(
  { query }: Pick<Database, 'query'>,
  { study }: { study: string },
): Promise<ClientSet | undefined> {
  const set = await query
    .selectFrom('clients_current')
    .innerJoin('clients_sets', 'clients_sets.id', 'clients_current.set_id')
    .selectAll('clients_sets')
    .where('clients_current.study', '=', study)
    .executeTakeFirst();
  return (
    set && {
      ...{ id: set.id, study: set.study, asOf: set.as_of, made: set.made, clients: set.clients },
      freshForHours: set.fresh_for_hours,
      simulated: (JSON.parse(set.source) as { simulated: boolean }).simulated,
      features: JSON.parse(set.features) as StatedFeature[],
    }
  );
}

/** A row as it is read. */
interface ReadRow {
  readonly client: string;
  readonly moment: string;
  readonly values: string;
  readonly as_of: string;
  readonly fresh_for_hours: number;
  readonly stated: string;
}

/** The text of the look-up by study and id: the same for every client, it is put together once for a database. */
const lookups = new WeakMap<Database, CompiledQuery<ReadRow>>();

function lookupOf(database: Database): CompiledQuery<ReadRow> {
  let lookup = lookups.get(database);
  if (!lookup) {
    lookup = selectClients(database, '').where('clients_features.client', '=', '').compile();
    lookups.set(database, lookup);
  }
  return lookup;
}

function selectClients({ query }: Database, study: string) {
  return query
    .selectFrom('clients_current')
    .innerJoin('clients_sets', 'clients_sets.id', 'clients_current.set_id')
    .innerJoin('clients_features', 'clients_features.set_id', 'clients_current.set_id')
    .select([
      'clients_features.client as client',
      'clients_features.moment as moment',
      'clients_features.features as values',
      'clients_sets.as_of as as_of',
      'clients_sets.fresh_for_hours as fresh_for_hours',
      'clients_sets.features as stated',
    ])
    .where('clients_current.study', '=', study);
}

function recordOf(read: ReadRow, now: number): ClientRecord {
  const row = JSON.parse(read.values) as Readonly<Record<string, Cell>>;
  const isOld = now - Date.parse(read.as_of) > read.fresh_for_hours * 3_600_000;
  const features: Record<string, ClientValue> = {};
  let tooOld = isOld;
  for (const { name, of, freshForDays } of statedFeatures(read.stated)) {
    const value = row[name] ?? null;
    const moment = of === 'row' ? read.moment : read.as_of;
    const old = isOld || (freshForDays !== undefined && now - Date.parse(moment) > freshForDays * 86_400_000);
    const status: ClientValueStatus = value === null ? 'missing' : old ? 'too old' : 'present';
    tooOld ||= old;
    features[name] = { value, status, moment };
  }
  return { id: read.client, asOf: read.as_of, tooOld, features, row };
}

/** What sets say of their features, by its text: the same for all clients of a set. */
const stated = new Map<string, readonly StatedFeature[]>();

function statedFeatures(text: string): readonly StatedFeature[] {
  let features = stated.get(text);
  if (!features) {
    if (stated.size >= 100) stated.clear();
    features = JSON.parse(text) as StatedFeature[];
    stated.set(text, features);
  }
  return features;
}
