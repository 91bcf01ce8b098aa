/** The tables of persons who asked to be forgotten. */

/** A row a person, by the keyed hash of their id: it tells who must not come back, and nothing else. */
export interface ForgottenTable {
  readonly person_hash: string;
}

/** One row: the key of the hashes above, made at the first time. */
export interface ForgottenKeyTable {
  readonly name: 'person';
  /** 32 bytes in Base64. */
  readonly key: string;
}
