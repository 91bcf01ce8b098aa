/** Tests that hold for each kind of database: SQLite always, PostgreSQL where ALAMBIQUE_SERVICES=1 asks for it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '../database/database.js';
import { skipServices } from './services/services.js';
import { startPostgres } from './services/start-postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique-database-'));
/** `after` called inside a test would be of that test alone. */
const ends: (() => Promise<void>)[] = [];
after(async () => {
  rmSync(folder, { recursive: true });
  for (const end of ends) await end();
});
let made = 0;
let server: Promise<string> | undefined;

/** The address of a new, empty database; all of a file's tests on PostgreSQL share a server. */
const emptyDatabase: Readonly<Record<'sqlite' | 'postgres', () => Promise<string>>> = {
  sqlite: async () => join(folder, `${++made}.db`),
  async postgres() {
    server ??= startPostgres({ after: (end) => ends.push(end) }).then(({ url }) => url);
    const url = await server;
    const name = `test${++made}`;
    const database = await openDatabase({ url });
    await sql`create database ${sql.id(name)}`.execute(database.query);
    await database.close();
    return Object.assign(new URL(url), { pathname: `/${name}` }).href;
  },
};

/** What a test does with the address of an empty database. */
type Act = (url: string, t: TestContext) => Promise<void>;

/** A test on each kind of database, with the address of an empty one. */
export function testOnEachDatabase(name: string, act: Act): void {
  test(`${name} (sqlite)`, async (t) => act(await emptyDatabase.sqlite(), t));
  testOnPostgres(name, act);
}

/** A test on PostgreSQL alone. */
export function testOnPostgres(name: string, act: Act): void {
  test(`${name} (postgres)`, { skip: skipServices }, async (t) => act(await emptyDatabase.postgres(), t));
}
