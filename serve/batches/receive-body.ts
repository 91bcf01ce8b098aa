/** Writes a request's body to a file as it comes, in constant memory, and takes its hash. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../problems.js';
import type { ServiceRequest } from '../request.js';

/** What came. */
export interface Received {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes the body and syncs it. Throws a `Refusal`: 413 for too many bytes, announced or not; 400 where there are none, or where the
 * connection ends early; 503 where they cannot be written.
 */
export async function receiveBody(
  request: ServiceRequest,
  { path, most }: { path: string; most: number },
): Promise<Received> {
  const tooLarge = (): Refusal =>
    new Refusal(413, `A batch has at most ${Math.floor(most / 1e6)} MB. Send gzip, or several files.`);
  // What is not read Node reads and throws away, so that its client gets to read the answer.
  if (Number(request.header('content-length')) > most) throw tooLarge();
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = async function* (parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const part of parts) {
      bytes += part.length;
      if (bytes > most) throw tooLarge();
      hash.update(part);
      yield part;
    }
  };
  try {
    await pipeline(partsOf(request), counted, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== undefined && syscall !== 'read') {
      const why = code === 'ENOSPC' ? 'There is no room for the batch.' : 'The batch cannot be written here.';
      throw new Refusal(503, why, { headers: { 'retry-after': '60' } });
    }
    throw new Refusal(400, 'The connection ended before the body did.');
  }
  if (bytes === 0) throw new Refusal(400, 'The body is empty; send rows as CSV with a header, or NDJSON.');
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function* partsOf(request: ServiceRequest): AsyncGenerator<Uint8Array> {
  const { body, incoming } = request;
  if (body !== undefined) yield body;
  else if (incoming === undefined) yield* (request.stream() ?? []) as AsyncIterable<Uint8Array>;
  else {
    try {
      for await (const part of incoming.iterator({ destroyOnReturn: false })) yield part as Uint8Array;
    } finally {
      // What is left of a refused body is read to its end, so that its client gets to read the answer.
      incoming.resume();
    }
  }
}
