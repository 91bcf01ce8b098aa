/** What a store over the network can be asked: each a single request, without patience. */
import type { ByteRange, ObjectInfo } from './io.js';

/** An object as an answer tells of it. */
export type RemoteInfo = Omit<ObjectInfo, 'url'> & { readonly key: string };

/** What comes when an object is opened. */
export interface RemoteBody {
  readonly info: RemoteInfo;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A part of an object that was sent, as the store calls it. */
export interface SentPart {
  readonly id: string;
  /** Base64. */
  readonly md5: string;
}

export interface RequestOptions {
  readonly signal: AbortSignal;
}

export interface PutOptions extends RequestOptions {
  readonly once: boolean;
}

/** A container or bucket. All throw `Trouble`, or an error of the connection. */
export interface RemoteRequests {
  info(key: string, options: RequestOptions): Promise<RemoteInfo>;
  /** All of it, or a range; with `etag` only of that content. */
  open(key: string, options: RequestOptions & { range?: ByteRange; etag?: string }): Promise<RemoteBody>;
  /** Keys that begin so, in their order, a thousand at a time. */
  page(
    prefix: string,
    options: RequestOptions & { token?: string },
  ): Promise<{ objects: readonly RemoteInfo[]; token?: string }>;
  put(key: string, bytes: Uint8Array, options: PutOptions & { md5: Buffer }): Promise<void>;
  /** Begins an object that comes in parts: the name of the upload. */
  begin(key: string, options: RequestOptions): Promise<string>;
  part(
    key: string,
    bytes: Uint8Array,
    options: RequestOptions & { upload: string; number: number; md5: Buffer },
  ): Promise<string>;
  /** Makes it one object of these parts. */
  complete(
    key: string,
    parts: readonly SentPart[],
    options: PutOptions & { upload: string; md5: Buffer },
  ): Promise<void>;
  /** Throws the parts away. */
  abandon(key: string, options: RequestOptions & { upload: string }): Promise<void>;
  copy(from: string, to: string, options: PutOptions): Promise<void>;
  remove(key: string, options: RequestOptions): Promise<void>;
  /** Whether the object that is there is the one of these parts, or of this content. */
  isSame(info: RemoteInfo, content: { size: number; md5: Buffer; parts?: readonly SentPart[] }): boolean;
}
