/** A key for each person that predictions are about. Without it what the log holds of them cannot be read any more. */

/** One person's key. */
export interface PersonKey {
  /** Names the key in the log; tells nothing of the person. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** Where the keys of persons are: files beside the log (`filePersonKeys`), or a database. */
export interface PersonKeys {
  /** Proves that the keys can be read. Throws where they cannot. */
  load(): void;
  /** The key of a person, made at the first time. A new one is on disk after `save`. */
  of(person: string): PersonKey;
  /** The key of a person, where there is one. */
  known(person: string): PersonKey | undefined;
  /** The key of that name; undefined where it was thrown away, or never was here. */
  find(id: string): PersonKey | undefined;
  /** Whether the key of that name was thrown away because its person asked. */
  isForgotten(id: string): boolean;
  /** Resolves once every key that was made is on disk. */
  save(): Promise<void>;
  /** Throws a person's key away; its name, or undefined where there is none. */
  forget(person: string): Promise<string | undefined>;
}
