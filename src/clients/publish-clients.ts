/** Writes the features of all clients into the database: aside first, then as the current ones, at once. */
import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.js';
import { isForgotten } from '../database/forgotten.js';
import { requestRow } from '../schema/request-row.js';
import type { Source } from '../schema/schema.js';
import type { Cell } from '../table/table.js';
import type { StatedFeature } from './client-record.js';
import type { Clients } from './clients.js';
import type { CurrentFeatures } from './current-features.js';
import { readClientSet } from './read-client.js';

/** What came of it. */
export interface PublishedClients {
  readonly set: string;
  readonly clients: number;
  /** False where readers go on to see the set before: `kept` says why. */
  readonly current: boolean;
  /** 'later': the set before is as of a later moment; 'real': it is of clients, and these were simulated. */
  readonly kept?: 'later' | 'real';
}

/** What `publishClients` is given beside the database. */
export interface PublishOptions {
  readonly study: string;
  readonly clients: Clients;
  readonly current: CurrentFeatures;
  /** What the features were computed from. */
  readonly source: Pick<Source, 'name' | 'sha256' | 'simulated'>;
  readonly now: Date;
}

/** Few enough values for one statement of either database. */
const rowsAtOnce = 500;

/** After so many hours a set that was never finished belongs to a process that has ended. */
const abandonedHours = 24;

/**
 * The features become those that readers see, all in one moment: until then they see the set before, and a publication
 * that is ended half-way changes nothing. Of two, the one as of the later moment stays, and simulated clients never take the place
 * of real ones. Who asked to be forgotten is left out. Sets that nobody sees are removed.
 */
export async function publishClients(database: Database, options: PublishOptions): Promise<PublishedClients> {
  const { query } = database;
  const { study, clients, current, source, now } = options;
  const set = randomUUID();
  const asOf = new Date(current.asOf).toISOString();
  const before = await isForgotten(database);
  const places = [...current.ids.keys()].filter((i) => !before(current.ids[i]!));
  await query
    .insertInto('clients_sets')
    .values({
      ...{ id: set, study, as_of: asOf, made: now.toISOString(), state: 'writing' },
      fresh_for_hours: clients.freshForHours,
      features: JSON.stringify(statedFeatures(clients)),
      clients: places.length,
      source: JSON.stringify({ name: source.name, sha256: source.sha256, simulated: source.simulated }),
    })
    .execute();
  for (let from = 0; from < places.length; from += rowsAtOnce) {
    const rows = places.slice(from, from + rowsAtOnce).map((i) => ({
      ...{ set_id: set, client: current.ids[i]! },
      moment: new Date(current.moments[i]!).toISOString(),
      features: featuresText(clients, current, i),
    }));
    await query.insertInto('clients_features').values(rows).execute();
  }
  const seen = await query.transaction().execute(async (change) => {
    // Who asked to be forgotten while the rows were written is taken out again.
    const now = await isForgotten({ query: change });
    for (const i of places) {
      const client = current.ids[i]!;
      if (!now(client)) continue;
      await change
        .deleteFrom('clients_features')
        .where('set_id', '=', set)
        .where('client', '=', client)
        .execute();
    }
    const shown = () => readClientSet({ query: change }, { study });
    if (source.simulated && (await shown())?.simulated === false) return 'real';
    await change.updateTable('clients_sets').set({ state: 'whole' }).where('id', '=', set).execute();
    await change
      .insertInto('clients_current')
      .values({ study, set_id: set, as_of: asOf })
      .onConflict((conflict) =>
        conflict
          .column('study')
          .doUpdateSet({ set_id: set, as_of: asOf })
          .where('clients_current.as_of', '<=', asOf),
      )
      .execute();
    return (await shown())?.id === set ? 'this' : 'later';
  });
  if (seen !== 'this') await removeSet(database, set);
  await removeUnseen(database, { study, now });
  const result = { set, clients: places.length, current: seen === 'this' };
  return seen === 'this' ? result : { ...result, kept: seen };
}

function statedFeatures({ features }: Clients): StatedFeature[] {
  return Object.entries(features).map(([name, { meaning, of, freshForDays }]) => ({
    ...{ name, meaning, of },
    ...(freshForDays !== undefined && { freshForDays }),
  }));
}

/** The values of a client as JSON from which each number reads back to the same bits, -0 among them. */
function featuresText(clients: Clients, { table }: CurrentFeatures, index: number): string {
  const names = new Set(table.names);
  const before = clients.schema.before.filter((name) => names.has(name));
  const row = requestRow({ ...clients.schema, before }, table, index);
  const text = (value: Cell): string => (Object.is(value, -0) ? '-0' : JSON.stringify(value));
  return `{${Object.entries(row)
    .map(([name, value]) => `${JSON.stringify(name)}:${text(value)}`)
    .join(',')}}`;
}

/** Removes whole sets that are not the current one, and those that were never finished. */
async function removeUnseen(
  { query }: Database,
  { study, now }: { study: string; now: Date },
): Promise<void> {
  const abandoned = new Date(now.getTime() - abandonedHours * 3_600_000).toISOString();
  const current = query.selectFrom('clients_current').select('set_id').where('study', '=', study);
  const unseen = await query
    .selectFrom('clients_sets')
    .select('id')
    .where('study', '=', study)
    .where('id', 'not in', current)
    .where((where) => where.or([where('state', '=', 'whole'), where('made', '<', abandoned)]))
    .execute();
  for (const { id } of unseen) await removeSet({ query }, id);
}

async function removeSet({ query }: Pick<Database, 'query'>, id: string): Promise<void> {
  await query.deleteFrom('clients_features').where('set_id', '=', id).execute();
  await query.deleteFrom('clients_sets').where('id', '=', id).execute();
}
