/** Who asked to be forgotten: kept as keyed hashes, so that copies can leave them out and no list says who they are. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

/**
 * A function that tells whether the person of an id asked to be forgotten, as of now. It is quick: the list is read once.
 * An id that is a number is given as its text.
 *
 * @example
 * const database = await openDatabase({ url: ':memory:' });
 * const forgotten = await isForgotten(database);
 * forgotten('client-17'); // → false
 * await database.close();
 */
export async function isForgotten({ query }: Pick<Database, 'query'>): Promise<(id: string) => boolean> {
  const rows = await query.selectFrom('forgotten').select('person_hash').execute();
  if (rows.length === 0) return () => false;
  const hashes = new Set(rows.map(({ person_hash }) => person_hash));
  const key = await readKey(query);
  return (id) => hashes.has(hashOf(id, key));
}

/** Adds a person to those who are forgotten; once more does nothing. `query` may be a transaction. */
export async function markForgotten({ query }: Pick<Database, 'query'>, id: string): Promise<void> {
  const made = randomBytes(32).toString('base64');
  await query
    .insertInto('forgotten_key')
    .values({ name: 'person', key: made })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await query
    .insertInto('forgotten')
    .values({ person_hash: hashOf(id, await readKey(query)) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function readKey(query: Kysely<Tables>): Promise<Buffer> {
  const { key } = await query.selectFrom('forgotten_key').select('key').executeTakeFirstOrThrow();
  return Buffer.from(key, 'base64');
}

function hashOf(id: string, key: Buffer): string {
  return createHmac('sha256', key).update(id).digest('base64url');
}
