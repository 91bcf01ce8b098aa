/** Reads a request's body and no further than it may go; what a parser would choke on is refused before it. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate, type ZlibOptions } from 'node:zlib';
import { countOf, hasNameTwice, measureJson } from '../src/serving.js';
import { Refusal } from './problems.js';
import type { ServiceRequest } from './request.js';

/** How large bodies may be. */
export interface BodyLimits {
  /** Bytes of a body that holds one row. */
  readonly rowBytes: number;
  /** Bytes of any body. */
  readonly bodyBytes: number;
  /** Rows of one request. */
  readonly rows: number;
}

export const defaultLimits: BodyLimits = { rowBytes: 65_536, bodyBytes: 8_388_608, rows: 10_000 };

/** Nothing that is served needs more than six levels; a parser may need seconds for millions. */
const mostNesting = 16;

/** The body as text. Throws a `Refusal` (400) where its bytes are not UTF-8. */
export function bodyText(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new Refusal(400, 'The body is not UTF-8.');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * Parses JSON that came from outside. A large body must hold many rows; a name must not come twice in one object, for a parser
 * would pass over the first. With `withNan`, NaN is a missing number, as Python writes it. Throws a `Refusal`.
 */
export function parseJson(
  given: string,
  limits: BodyLimits,
  { withNan = false }: { withNan?: boolean } = {},
): unknown {
  const text = withNan ? withoutNan(given) : given;
  // A row opens few brackets, and its texts hold no colon: then there is nothing to measure.
  const isFlat = countOf(text, '{') + countOf(text, '[') <= mostNesting;
  const measured = isFlat ? undefined : measureJson(text);
  if (measured !== undefined && measured.deepest > mostNesting) {
    throw new Refusal(400, `The body nests deeper than ${mostNesting} levels; a row is flat.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, text.trim() === '' ? 'The body is empty; send JSON.' : 'The body is not JSON.');
  }
  if (text.length > limits.rowBytes && !holdsList(value)) throw tooLarge(limits.rowBytes);
  if (hasNameTwice(text, { value, measured })) {
    throw new Refusal(400, 'A name comes twice in one object of the body. Send each value once.');
  }
  return value;
}

/** NaN outside of texts as null; Infinity as a number that no column takes. */
function withoutNan(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  // A text that does not end is taken to the end of the body, or each quote in it would begin another search.
  return text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)|\bNaN\b|\bInfinity\b/gs, (token) =>
    token === 'NaN' ? 'null' : token === 'Infinity' ? '1e999' : token,
  );
}

function holdsList(value: unknown): boolean {
  if (Array.isArray(value)) return true;
  if (value === null || typeof value !== 'object') return false;
  return Object.values(value).some((field) => field !== null && typeof field === 'object');
}

/** The media type of a request, where it is one of those wanted; without one the first, where that is allowed. Throws a `Refusal` (415). */
export function acceptedType(
  request: ServiceRequest,
  wanted: readonly string[],
  { mayLack = false }: { mayLack?: boolean } = {},
): string {
  const given = request.header('content-type');
  if (given !== undefined && wanted.includes(given)) return given;
  if (given === undefined && mayLack) return wanted[0]!;
  const plain = given?.replace(/;.*/s, '').trim().toLowerCase();
  const found = wanted.find(
    (type) => type === plain || (type === 'application/json' && /^application\/.*\+json$/s.test(plain ?? '')),
  );
  if (found !== undefined) return found;
  const got = given === undefined ? 'The body has no content-type' : 'The body has another content-type';
  throw new Refusal(415, `${got}; send "content-type: ${wanted[0]}".`, {
    headers: { accept: wanted.join(', ') },
  });
}

/**
 * The bytes of a body; a promise of them where they have not all come yet. Throws a `Refusal`, or rejects with one: 413 for too many
 * bytes, announced or not; 400 where the connection ends early.
 */
export function readBody(request: ServiceRequest, most: number): Buffer | Promise<Buffer> {
  const encoding = request.header('content-encoding')?.trim().toLowerCase() ?? '';
  const bytes = readBytes(request, most);
  if (encoding === '' || encoding === 'identity') return bytes;
  return Promise.resolve(bytes).then((read) => decompress(read, encoding, most));
}

/** By the names of RFC 9110, 8.4.1. */
const decoders: ReadonlyMap<string, (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>> = new Map([
  ['gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['x-gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, ZlibOptions, Buffer>(inflate)],
]);

async function decompress(bytes: Buffer, encoding: string, most: number): Promise<Buffer> {
  const decode = decoders.get(encoding);
  if (decode === undefined) {
    throw new Refusal(
      415,
      'The body has a content-encoding that is not known here; send gzip, deflate or none.',
      {
        headers: { 'accept-encoding': 'gzip, deflate' },
      },
    );
  }
  try {
    return await decode(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(most);
    throw new Refusal(400, `The body is not the ${encoding} that its content-encoding says.`);
  }
}

function readBytes(request: ServiceRequest, most: number): Buffer | Promise<Buffer> {
  const { body } = request;
  if (body !== undefined) {
    if (body.length > most) throw tooLarge(most);
    return body;
  }
  const announced = Number(request.header('content-length'));
  // What is not read Node reads and throws away, so that its client gets to read the answer.
  if (announced > most) throw tooLarge(most);
  const { incoming } = request;
  return incoming ? readIncoming(incoming, most) : readStream(request.stream(), most);
}

function readIncoming(incoming: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let parts: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= most) {
        parts.push(part);
        return;
      }
      // It is read on to its end, and nothing of it is kept.
      parts = [];
      reject(tooLarge(most));
    });
    incoming.on('end', () => resolve(Buffer.concat(parts)));
    const cut = (): void => reject(new Refusal(400, 'The connection ended before the body did.'));
    // Whoever left before anybody listened is not told of again.
    if (incoming.destroyed) cut();
    incoming.on('error', cut);
    incoming.on('close', cut);
  });
}

async function readStream(stream: ReadableStream<Uint8Array> | null, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream ?? []) {
    bytes += part.length;
    if (bytes > most) throw tooLarge(most);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tooLarge(most: number): Refusal {
  const size = most >= 1_048_576 ? `${Math.floor(most / 1_048_576)} MiB` : `${Math.floor(most / 1024)} KiB`;
  return new Refusal(
    413,
    `The body is larger than ${size}. Send fewer rows at a time, or score files with "alambique predict".`,
  );
}
