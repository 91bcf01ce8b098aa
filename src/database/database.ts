/** The workspace's own database: a file of SQLite, or PostgreSQL by its address; the same typed queries on both. */
import { setting, thisPlace } from '../config/read-settings.js';
import { isPostgres } from '../config/setting.js';
import { optionalPackage } from '../optional-package.js';
import type { Database } from './open-connection.js';

export type { Database };

/**
 * Opens the database, and takes the steps that it lacks. `url` is a path (or `:memory:`), or `postgres://…`; by default
 * what ALAMBIQUE_DATABASE says. What it needs is loaded when this is called. Throws a `Problem`: `database-unreachable`,
 * `database-unwritable`, `database-newer`, `database-needs-package`.
 *
 * @example
 * const database = await openDatabase({ url: ':memory:' });
 * await database.query.selectFrom('runs').select('id').execute(); // → []
 * await database.close();
 */
export async function openDatabase({ url }: { url?: string } = {}): Promise<Database> {
  const address = url ?? setting('database', thisPlace());
  const needs = { code: 'database-needs-package', what: 'databases', packages: 'kysely' };
  return isPostgres(address)
    ? (await optionalPackage(() => import('./postgres-database.js'), needs)).openPostgres(address)
    : (await optionalPackage(() => import('./sqlite-database.js'), needs)).openSqlite(address);
}
