/** Writes an object of a store, in one request where it is small, else in parts; never more than a few parts are in memory. */
import { createHash, type Hash } from 'node:crypto';
import type { Content, Patience } from './io.js';
import type { RemoteRequests, SentPart } from './remote-requests.js';
import { type Attempt, retried } from './retry.js';
import { Trouble } from './trouble.js';

/** In bytes. S3 takes 10,000 parts of no less than this, so 50 GB. */
const partSize = 5 << 20;
const partsAtOnce = 3;

/** How it is written. */
export interface WriteRemoteOptions {
  readonly patience: Patience;
  readonly once: boolean;
  readonly signal?: AbortSignal;
}

/** How many bytes there were. Throws `Trouble`; nothing is there then that was not there before. */
export async function writeRemote(
  requests: RemoteRequests,
  key: string,
  { content, ...options }: WriteRemoteOptions & { content: Content },
): Promise<number> {
  const free: Buffer[] = [];
  const parts = partsOf(content, free);
  try {
    const first = (await parts.next()).value ?? new Uint8Array(0);
    const second = await parts.next();
    if (!second.done)
      return await writeParts(requests, key, { ...options, parts, free, first: [first, second.value] });
    await commit(requests, key, {
      ...options,
      ...{ size: first.length, md5: createHash('md5').update(first).digest() },
      send: (attempt, md5) => requests.put(key, first, { ...attempt, once: options.once, md5 }),
    });
    return first.length;
  } finally {
    await parts.return(undefined);
  }
}

async function writeParts(
  requests: RemoteRequests,
  key: string,
  {
    parts,
    free,
    first,
    ...options
  }: WriteRemoteOptions & {
    parts: AsyncGenerator<Uint8Array>;
    free: Buffer[];
    first: readonly Uint8Array[];
  },
): Promise<number> {
  const { patience, signal, once } = options;
  const upload = await retried((attempt) => requests.begin(key, attempt), { patience, signal });
  const whole: Hash = createHash('md5');
  const sent: Promise<SentPart>[] = [];
  let size = 0;
  const send = async (bytes: Uint8Array): Promise<void> => {
    whole.update(bytes);
    size += bytes.length;
    const md5 = createHash('md5').update(bytes).digest();
    const number = sent.length + 1;
    const work = retried((attempt) => requests.part(key, bytes, { ...attempt, upload, number, md5 }), {
      ...{ patience, signal },
      bytes: bytes.length,
    }).then((id): SentPart => {
      if (bytes instanceof Buffer && bytes.length === partSize) free.push(bytes);
      return { id, md5: md5.toString('base64') };
    });
    // Its failure is met when it is waited for.
    work.catch(() => {});
    sent.push(work);
    if (sent.length >= partsAtOnce) await sent[sent.length - partsAtOnce];
  };
  try {
    for (const part of first) await send(part);
    for await (const part of parts) await send(part);
    const done = await Promise.all(sent);
    await commit(requests, key, {
      ...options,
      ...{ size, md5: whole.digest(), parts: done },
      send: (attempt, md5) => requests.complete(key, done, { ...attempt, upload, once, md5 }),
    });
    return size;
  } catch (error) {
    await Promise.allSettled(sent);
    // What stays costs money, but the reason of the failure is what matters.
    await retried((attempt) => requests.abandon(key, { ...attempt, upload }), {
      patience: { ...patience, tries: 1 },
    }).catch(() => {});
    throw error;
  }
}

/** The request after which the object is there. When an answer was lost, the object that is there already may be this one. */
async function commit(
  requests: RemoteRequests,
  key: string,
  {
    send,
    ...content
  }: WriteRemoteOptions & {
    send: (attempt: Attempt, md5: Buffer) => Promise<void>;
    size: number;
    md5: Buffer;
    parts?: readonly SentPart[];
  },
): Promise<void> {
  const { patience, signal, parts, size, md5 } = content;
  await retried(
    async (attempt) => {
      try {
        await send(attempt, md5);
      } catch (error) {
        const isThere = error instanceof Trouble && (error.kind === 'exists' || error.kind === 'missing');
        if (!isThere || !attempt.unsure) throw error;
        if (!requests.isSame(await requests.info(key, attempt), content)) throw error;
      }
    },
    { patience, signal, bytes: parts ? 0 : size },
  );
}

/** Cuts content into parts of one size; the last may be shorter. Each has memory of its own, that of a part in `free` where there is one. */
async function* partsOf(content: Content, free: Buffer[]): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let from = 0; from < bytes.length; from += partSize) yield bytes.subarray(from, from + partSize);
    return;
  }
  const room = (): Buffer => free.pop() ?? Buffer.allocUnsafe(partSize);
  let part = room();
  let length = 0;
  for await (const chunk of content) {
    for (let from = 0; from < chunk.length; ) {
      const taken = Math.min(chunk.length - from, partSize - length);
      part.set(chunk.subarray(from, from + taken), length);
      length += taken;
      from += taken;
      if (length === partSize) {
        yield part;
        part = room();
        length = 0;
      }
    }
  }
  if (length > 0) yield part.subarray(0, length);
}
