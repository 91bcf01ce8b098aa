/** The table of keys with names and scopes, by which the service knows who asks. */

/** A row a key. Times are in ISO 8601, UTC. */
export interface KeysTable {
  /** Of the key, in hex; the key itself is kept nowhere. */
  readonly sha256: string;
  readonly name: string;
  /** JSON: a list of names; null for all. */
  readonly studies: string | null;
  /** JSON: a list of ids and beginnings of ids; null for all. */
  readonly clients: string | null;
  readonly made: string;
  readonly ended: string | null;
}
