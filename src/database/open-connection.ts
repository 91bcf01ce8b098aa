/** What an open database is, whichever it is. */
import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** An open database, brought up to date. */
export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  /** Typed SQL: values are bound, never written into its text. */
  readonly query: Kysely<Tables>;
  /** Lets go of it; queries under way finish. */
  close(): Promise<void>;
}
