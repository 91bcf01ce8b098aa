/** Removes what the database holds of a client's features, in every study and set. */
import type { Database } from '../database/database.js';

/**
 * Removes the features of the client of this id; how many rows there were. A night that is being written meanwhile leaves
 * out whoever is among the forgotten when it becomes the current one: mark the client first, then call this.
 */
export async function forgetClient({ query }: Pick<Database, 'query'>, id: string): Promise<number> {
  const { numDeletedRows } = await query
    .deleteFrom('clients_features')
    .where('client', '=', id)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Whether features of a client of this id are kept. */
export async function knowsClient({ query }: Pick<Database, 'query'>, id: string): Promise<boolean> {
  const row = await query
    .selectFrom('clients_features')
    .select('client')
    .where('client', '=', id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
