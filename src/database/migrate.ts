/** Brings a database up to date: takes the steps that it lacks, all or none, while no other process does. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { listNames, Problem } from '../problem.js';
import type { ColumnTypes, Migration } from './migration.js';
import { migrations } from './migrations.js';
import type { Tables } from './tables.js';

/** The table that remembers which steps were taken. It is made here, before any step. */
interface Taken {
  readonly alambique_migrations: { readonly name: string };
}

const table = 'alambique_migrations';

/** Any number that no other program locks. */
const lock = 4_719_201_533;

const types: Readonly<Record<'sqlite' | 'postgres', ColumnTypes>> = {
  sqlite: { text: 'text', integer: 'integer', real: 'real' },
  // PostgreSQL would else sort texts by the rules of a language.
  postgres: { text: sql`text collate "C"`, integer: 'bigint', real: 'double precision' },
};

/**
 * Takes the steps that were not yet taken, in their order. `place` names the database to people. Throws `database-newer`
 * where it has taken steps that this program does not know.
 */
export async function migrate(
  query: Kysely<Tables>,
  {
    kind,
    place,
    steps = migrations,
  }: { kind: 'sqlite' | 'postgres'; place: string; steps?: readonly Migration[] },
): Promise<void> {
  const database = query as unknown as Kysely<Taken>;
  const missing = (done: readonly string[]): readonly Migration[] => {
    refuseNewer(done, steps, place);
    return steps.filter(({ name }) => !done.includes(name));
  };
  if (missing(await takenBefore(database)).length === 0) return;
  await database.transaction().execute(async (transaction) => {
    // A transaction of SQLite has the whole file for itself.
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(lock)})`.execute(transaction);
    await transaction.schema
      .createTable(table)
      .ifNotExists()
      .addColumn('name', types[kind].text, (column) => column.primaryKey())
      .execute();
    for (const { name, up } of missing(await taken(transaction))) {
      await up(transaction.schema, types[kind]);
      await transaction.insertInto(table).values({ name }).execute();
    }
  });
}

/** The steps that were taken; none where nothing was ever opened here. */
async function takenBefore(database: Kysely<Taken>): Promise<string[]> {
  try {
    return await taken(database);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === '42P01' || message.includes('no such table')) return [];
    throw error;
  }
}

async function taken(database: Kysely<Taken> | Transaction<Taken>): Promise<string[]> {
  const rows = await database.selectFrom(table).select('name').execute();
  return rows.map(({ name }) => name);
}

function refuseNewer(done: readonly string[], steps: readonly Migration[], place: string): void {
  const unknown = done.filter((name) => !steps.some((step) => step.name === name)).sort();
  if (unknown.length === 0) return;
  throw new Problem({
    code: 'database-newer',
    what: `a newer version of this program has used the database ${place}: it has taken the steps ${listNames(unknown, { most: 3, last: 'and' })}`,
    remedy: 'use that version, or another database (ALAMBIQUE_DATABASE)',
  });
}
