/** Opens a snapshot of the database that an address names. */
import { Problem } from '../../problem.js';
import type { DatabaseSnapshot, SnapshotOptions } from './database-snapshot.js';
import { withoutPassword } from './without-password.js';

/** Opens a snapshot of a database, by the part of its address before the colon. */
type Opener = (url: string, options: SnapshotOptions) => Promise<DatabaseSnapshot>;

const openers: Readonly<Record<string, () => Promise<Opener>>> = {
  postgres: async () => (await import('./postgres.js')).openPostgres,
  postgresql: async () => (await import('./postgres.js')).openPostgres,
  mysql: async () => (await import('./mysql.js')).openMysql,
  mariadb: async () => (await import('./mysql.js')).openMysql,
  sqlite: async () => (await import('./sqlite.js')).openSqlite,
};

/**
 * One moment of the database at `postgres://…`, `mysql://…` or `sqlite:path`; nothing is written there. Throws `io-no-database` for another address, `io-database` for
 * what the database refuses, `io-lost` where it is not there or no more, `io-silent` where it says nothing, `io-needs-package` where its driver is not installed.
 */
export async function openSnapshot(url: string, options: SnapshotOptions): Promise<DatabaseSnapshot> {
  const load = openers[url.slice(0, Math.max(0, url.indexOf(':')))];
  if (load !== undefined && url.includes('://') && !URL.canParse(url)) {
    throw new Problem({
      code: 'io-no-database',
      what: 'the address of the database cannot be read',
      got: withoutPassword(url),
      remedy: 'write signs of the password as a URL has them, such as %3F for ?, %2F for / and %40 for @',
    });
  }
  if (load !== undefined) return (await load())(url, options);
  throw new Problem({
    code: 'io-no-database',
    what: 'this is no address of a database',
    got: withoutPassword(url),
    expected: 'postgres://…, mysql://… or sqlite:path',
  });
}
