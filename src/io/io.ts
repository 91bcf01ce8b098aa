/** The contract of the room: objects by their URL, wherever they are kept. What goes in and out are bytes. */

/** What a store says of an object. */
export interface ObjectInfo {
  /** A path, `az://container/key` or `s3://bucket/key`. */
  readonly url: string;
  /** In bytes. */
  readonly size: number;
  /** Another one whenever the content is another. */
  readonly etag: string;
  /** Of the content, in hex, where the store tells it. */
  readonly md5?: string;
}

/** Bytes of an object; `end` is exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** An object while it is read: what it was when reading began, and its bytes, which are of that content only. */
export interface OpenedObject {
  readonly info: ObjectInfo;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What is written: at once, or piece by piece; a piece may be overwritten when the next one is asked for. */
export type Content = Uint8Array | string | AsyncIterable<Uint8Array>;

/** How an object is written. */
export interface WriteOptions {
  /** True where it must not be there yet: of many writers at once only one succeeds, the others get `io-exists`. */
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}

/** A file or an object of a store. Its methods throw a `Problem` with a code of `io-…` for all that a user can mend. */
export interface StoredObject {
  readonly url: string;
  /** What is known of it; undefined where it is not there. */
  info(): Promise<ObjectInfo | undefined>;
  /**
   * Opens it. A broken connection goes on where it was, as long as the content is the same. Throws `io-missing`; while its
   * bytes are read `io-changed`, `io-damaged` where they are not those that the store has a sum of.
   */
  read(options?: { range?: ByteRange; signal?: AbortSignal }): Promise<OpenedObject>;
  /** Writes it whole or not at all, in constant memory. How many bytes there were. */
  write(content: Content, options?: WriteOptions): Promise<number>;
  /** Copies it to another place; within one store no byte comes through here. Throws `io-missing`, `io-exists`. */
  copyTo(url: string, options?: WriteOptions): Promise<void>;
  /** False where it was not there. */
  remove(): Promise<boolean>;
  /** Every object below it, as below a folder, by name; those that are being written are not there yet. */
  list(): AsyncGenerator<ObjectInfo>;
}

/** How long is waited for a store, and how often it is asked again. */
export interface Patience {
  /** How often a request is made at most. */
  readonly tries: number;
  /** In milliseconds: longer silence ends a connection. */
  readonly silence: number;
  /** In milliseconds: the longest first pause between two tries; each next one is twice as long. */
  readonly pause: number;
}
