/** Reads an object of a store to its end, over as many connections as that takes. */
import { createHash } from 'node:crypto';
import type { ByteRange, Patience } from './io.js';
import type { RemoteBody, RemoteInfo, RemoteRequests } from './remote-requests.js';
import { pauseBefore, retried, Silence } from './retry.js';
import { mayPass, Trouble, troubleOfError } from './trouble.js';

/** What is read, and how. */
export interface ReadRemoteOptions {
  readonly patience: Patience;
  readonly range?: ByteRange;
  readonly signal?: AbortSignal;
}

interface Connection {
  readonly body: RemoteBody;
  readonly limit: Silence;
}

/** Opens it, and gives its bytes. Throws `Trouble`, also while they come. */
export async function readRemote(
  requests: RemoteRequests,
  key: string,
  options: ReadRemoteOptions,
): Promise<{ info: RemoteInfo; bytes: AsyncGenerator<Uint8Array> }> {
  const { patience, signal, range } = options;
  const connect = (from?: ByteRange, etag?: string): Promise<Connection> =>
    retried(() => connected(requests, key, { ...options, range: from, etag }), { patience, signal });
  const none = async (): ReturnType<typeof readRemote> => ({
    info: await retried((attempt) => requests.info(key, attempt), { patience, signal }),
    bytes: nothing(),
  });
  // Headers have no words for a range without a byte.
  if (range && range.start >= range.end) return none();
  let first: Connection;
  try {
    first = await connect(range);
  } catch (error) {
    if (!(range && error instanceof Trouble && error.kind === 'changed')) throw error;
    // It begins behind the end.
    return none();
  }
  const { info } = first.body;
  const end = Math.min(range?.end ?? info.size, info.size);
  const start = range?.start ?? 0;

  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    let connection = first;
    let at = start;
    let failures = 0;
    // A store has the sum of the whole.
    const hash = info.md5 !== undefined && start === 0 && end === info.size ? createHash('md5') : undefined;
    try {
      for (;;) {
        let trouble: Trouble | undefined;
        try {
          for await (const chunk of heard(connection)) {
            at += chunk.length;
            failures = 0;
            hash?.update(chunk);
            yield chunk;
          }
          if (at > end) throw new Trouble('damaged', `${at - start} bytes of ${end - start}`);
          if (at === end) break;
          trouble = new Trouble('broken', `${at - start} bytes of ${end - start}`);
        } catch (error) {
          signal?.throwIfAborted();
          trouble = connection.limit.isOver
            ? new Trouble('silent', `${patience.silence} ms`)
            : troubleOfError(error);
        }
        connection.limit.end();
        // Cut behind the last byte: nothing is missing.
        if (at === end && mayPass(trouble)) break;
        if (!mayPass(trouble) || ++failures >= patience.tries) throw trouble;
        await pauseBefore(failures, patience, signal);
        connection = await connect({ start: at, end }, info.etag);
      }
    } finally {
      connection.limit.end();
    }
    if (hash && hash.digest('hex') !== info.md5) throw new Trouble('damaged', 'MD5');
  };
  return { info, bytes: bytes() };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function connected(
  requests: RemoteRequests,
  key: string,
  { patience, signal, range, etag }: ReadRemoteOptions & { etag?: string },
): Promise<Connection> {
  const limit = new Silence(patience.silence, signal);
  try {
    const body = await limit.ended(requests.open(key, { signal: limit.signal, range, etag }));
    return { body, limit };
  } catch (error) {
    limit.end();
    throw limit.isOver ? new Trouble('silent', `${patience.silence} ms`) : error;
  }
}

/** The chunks as they come; silence counts while one is waited for, not while the caller works with it. */
async function* heard({ body, limit }: Connection): AsyncGenerator<Uint8Array> {
  const chunks = body.bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      limit.heard({ waits: true });
      const { value, done } = await limit.ended(chunks.next());
      limit.heard({ waits: false });
      if (done) return;
      yield value;
    }
  } finally {
    limit.end();
    // A stream that was cut may say so once more.
    void Promise.resolve(chunks.return?.()).catch(() => {});
  }
}
