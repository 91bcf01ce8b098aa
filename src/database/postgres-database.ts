/** A database of PostgreSQL through pg. Its address may hold a password, which nothing here repeats. */
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { describeDatabase } from '../config/setting.js';
import { optionalPackage } from '../optional-package.js';
import { Problem } from '../problem.js';
import { checkBound } from './bound-values.js';
import { migrate } from './migrate.js';
import type { Database } from './open-connection.js';
import type { Tables } from './tables.js';

/** In milliseconds: until a connection stands, and until an answer is here; a silent server must hold nobody for ever. */
const connectMs = 10_000;
const queryMs = 120_000;

/** PostgreSQL's number for `bigint`, in which it counts. */
const bigintType = 20;

/** Opens the database at that address; its connections are made as queries need them. */
export async function openPostgres(url: string): Promise<Database> {
  // Not at the top: the bundle of the service has Kysely inside, and starts without the driver.
  const { default: driver } = await optionalPackage(() => import('pg'), {
    code: 'database-needs-package',
    what: 'databases of PostgreSQL',
    packages: 'kysely pg',
  });
  const pool = new driver.Pool({
    connectionString: url,
    application_name: 'alambique',
    max: 10,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    keepAlive: true,
    // A command that has nothing else to do may end.
    allowExitOnIdle: true,
    types: {
      getTypeParser: (type, format) =>
        type === bigintType ? Number : driver.types.getTypeParser(type, format),
    },
  });
  // The server may close connections that nobody uses; the next query opens another.
  pool.on('error', () => undefined);
  // A connection that breaks fails the query that uses it. Unheard, the event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: checkedPool(pool, url) }) });
  let ending: Promise<void> | undefined;
  const close = (): Promise<void> => {
    ending ??= query.destroy();
    return ending;
  };
  try {
    await migrate(query, { kind: 'postgres', place: describeDatabase(url) });
  } catch (error) {
    await close();
    throw error;
  }
  return { kind: 'postgres', query, scrub: async () => undefined, close };
}

/** The pool as Kysely takes it: values are checked before they are bound, and what fails says why. */
function checkedPool(pool: pg.Pool, url: string): PostgresPool {
  const run = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      throw explained(error, url);
    }
  };
  const checked = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const checkedClient = (client: pg.PoolClient): PostgresPoolClient => {
    let isBroken = false;
    const query = (text: string, values: readonly unknown[]): Promise<unknown> => {
      checkBound(values);
      return run(async () => {
        try {
          return await client.query(text, [...values]);
        } catch (error) {
          isBroken ||= isLost(error);
          throw error;
        }
      });
    };
    // Of the two forms that Kysely knows this is the one without a cursor.
    return {
      query: query as unknown as PostgresPoolClient['query'],
      // The next query must not get a connection that is lost and does not say so yet.
      release: (destroy) => client.release(destroy || isBroken),
    };
  };
  return {
    connect: async () => {
      const client = await run(() => pool.connect());
      const known = checked.get(client) ?? checkedClient(client);
      checked.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

/** What the system and the server say where nobody can be talked to: no route, no such name, no right, no such database. */
const unreachable = /^(E[A-Z]+|08\w{3}|28\w{3}|3D000|57P0\d|53300)$/;

/** No right, a server that only reads, or a full disk. */
const unwritable = /^(42501|25006|53100)$/;

function explained(error: unknown, url: string): unknown {
  const { code = '', message } = reasonOf(error);
  if (unwritable.test(code)) {
    return new Problem({
      code: 'database-unwritable',
      what: `the database ${describeDatabase(url)} cannot be written: ${message}`,
      remedy: 'give its user the right to make tables there',
    });
  }
  if (!isLost(error)) return error;
  return new Problem({
    code: 'database-unreachable',
    what: `the database ${describeDatabase(url)} cannot be used: ${withoutPassword(message, url) || code}`,
    remedy: 'see that it runs, and what ALAMBIQUE_DATABASE says',
  });
}

/** Whether it is the connection that failed, and not the query. */
function isLost(error: unknown): boolean {
  const { code = '', message } = reasonOf(error);
  return unreachable.test(code) || (code === '' && /timeout|terminat|connection/i.test(message));
}

/** A name with two addresses fails as often, and only then says why. */
function reasonOf(error: unknown): { code?: string; message: string } {
  const { errors } = error as { errors?: readonly unknown[] };
  return (errors?.[0] ?? error) as { code?: string; message: string };
}

function withoutPassword(message: string, url: string): string {
  const { password } = new URL(url);
  // As it stands in the address, and as the server gets it.
  const forms = [password, new URLSearchParams(`p=${password.replaceAll('+', '%2B')}`).get('p')!];
  return forms.filter((form) => form !== '').reduce((text, form) => text.replaceAll(form, '…'), message);
}
