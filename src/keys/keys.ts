/** The keys of the database: made, listed, ended. Of a key only its hash is kept. */
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../database/database.js';
import { Problem, show } from '../problem.js';
import { checkScope, type KeyScope } from './key-scope.js';

/** What is known of a key. */
export interface NamedKey extends KeyScope {
  readonly name: string;
  /** SHA-256 of the key, in hex. */
  readonly sha256: string;
  /** In ISO 8601, UTC. */
  readonly made: string;
  /** Since when it opens nothing. */
  readonly ended?: string;
}

/**
 * Makes a key, and gives it: it cannot be read again. Keys of one name are one caller's, so that a new one can be handed out before the
 * old one ends. Throws `key-name` and `key-scope`.
 */
export async function makeKey(
  { query }: Database,
  { name, now, ...given }: KeyScope & { name: string; now: Date },
): Promise<{ readonly key: string; readonly known: NamedKey }> {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) {
    throw new Problem({
      code: 'key-name',
      what: 'a key cannot be called so',
      got: show(name),
      expected: 'small letters, digits and "-", a letter first, such as "erp"',
    });
  }
  const { studies, clients } = checkScope(given);
  const key = randomBytes(32).toString('base64url');
  const sha256 = createHash('sha256').update(key).digest('hex');
  const made = now.toISOString();
  await query
    .insertInto('keys')
    .values({
      ...{ sha256, name, made, ended: null },
      studies: studies ? JSON.stringify(studies) : null,
      clients: clients ? JSON.stringify(clients) : null,
    })
    .execute();
  return { key, known: { name, sha256, made, ...(studies && { studies }), ...(clients && { clients }) } };
}

/** All keys, those that have ended too, by name and time. */
export async function listKeys({ query }: Database): Promise<NamedKey[]> {
  const rows = await query.selectFrom('keys').selectAll().orderBy('name').orderBy('made').execute();
  return rows.map(({ name, sha256, made, ended, studies, clients }) => ({
    ...{ name, sha256, made },
    ...(ended !== null && { ended }),
    ...(studies !== null && { studies: JSON.parse(studies) as string[] }),
    ...(clients !== null && { clients: JSON.parse(clients) as string[] }),
  }));
}

/** Ends the keys of a name; with `butNewest` all but the last that was made. How many. Throws `key-unknown` where there is none. */
export async function endKeys(
  database: Database,
  { name, now, butNewest = false }: { name: string; now: Date; butNewest?: boolean },
): Promise<number> {
  const open = (await listKeys(database)).filter((key) => key.name === name && key.ended === undefined);
  if (open.length === 0)
    throw new Problem({ code: 'key-unknown', what: 'no key of that name is in use', got: show(name) });
  const ending = (butNewest ? open.slice(0, -1) : open).map(({ sha256 }) => sha256);
  if (ending.length === 0) return 0;
  await database.query
    .updateTable('keys')
    .set({ ended: now.toISOString() })
    .where('sha256', 'in', ending)
    .execute();
  return ending.length;
}
