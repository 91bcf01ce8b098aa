/** What an open database is, whichever it is. */
import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** An open database, brought up to date. */
export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  /** Typed SQL: values are bound, never written into its text. */
  readonly query: Kysely<Tables>;
  /**
   * Sees to it that what was deleted stands in no file of SQLite any more; PostgreSQL does that by itself, in its time.
   * Throws a `Problem`, `database-busy`, where others read the file all the time.
   */
  scrub(): Promise<void>;
  /** Lets go of it; queries under way finish. */
  close(): Promise<void>;
}
