/** Reads a request's body as JSON and no further than it may go; what a parser would choke on is refused before it. */
import type { Context } from 'hono';
import { headerOf } from './header-of.js';
import { Refusal } from './problems.js';

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

/**
 * The body as text. Throws a `Refusal`: 415 for another media type than the one asked for, 413 for too many bytes,
 * announced or not, 400 for bytes that are not UTF-8.
 */
export async function readText(c: Context, mediaType: string, limits: BodyLimits): Promise<string> {
  checkMediaType(c, mediaType);
  const announced = headerOf(c, 'content-length');
  if (announced !== undefined && headerOf(c, 'transfer-encoding') === undefined) {
    if (Number(announced) > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
    // Node itself ends a body at its announced length. Its text has U+FFFD where bytes are not UTF-8.
    const text = await c.req.text();
    if (text.length > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
    return text;
  }
  return readStream(c.req.raw.body, limits.bodyBytes);
}

/** The body as a JSON value. Throws a `Refusal` as `readText` does, and 400 for what is no JSON or nests too deep. */
export async function readJson(c: Context, limits: BodyLimits): Promise<unknown> {
  return parseJson(await readText(c, 'application/json', limits), limits);
}

/** Parses JSON that came from outside. A large body must hold many rows. Throws a `Refusal`. */
export function parseJson(text: string, limits: BodyLimits): unknown {
  if (nestsDeeperThan(text, mostNesting)) {
    throw new Refusal(400, `The body nests deeper than ${mostNesting} levels; a row is flat.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, text.trim() === '' ? 'The body is empty; send JSON.' : 'The body is not JSON.');
  }
  if (text.length > limits.rowBytes && !holdsList(value)) throw tooLarge(limits.rowBytes);
  return value;
}

/** Whether brackets outside of strings open more than `most` levels; one pass, no stack. */
function nestsDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      for (i++; i < text.length && text.charCodeAt(i) !== 34; i++) if (text.charCodeAt(i) === 92) i++;
    } else if (code === 91 || code === 123) {
      if (++depth > most) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

function holdsList(value: unknown): boolean {
  if (Array.isArray(value)) return true;
  if (value === null || typeof value !== 'object') return false;
  return Object.values(value).some((field) => field !== null && typeof field === 'object');
}

function checkMediaType(c: Context, wanted: string): void {
  const given = headerOf(c, 'content-type')?.replace(/;.*/s, '').trim().toLowerCase();
  if (given === wanted) return;
  if (wanted === 'application/json' && given?.startsWith('application/') && given.endsWith('+json')) return;
  const got = given === undefined ? 'The body has no content-type' : 'The body has another content-type';
  throw new Refusal(415, `${got}; send "content-type: ${wanted}".`, { headers: { accept: wanted } });
}

async function readStream(stream: ReadableStream<Uint8Array> | null, most: number): Promise<string> {
  if (stream === null) return '';
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > most) {
      await reader.cancel();
      throw tooLarge(most);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function tooLarge(most: number): Refusal {
  const size = most >= 1_048_576 ? `${Math.floor(most / 1_048_576)} MiB` : `${Math.floor(most / 1024)} KiB`;
  return new Refusal(
    413,
    `The body is larger than ${size}. Send fewer rows at a time, or score files with "alambique predict".`,
    { headers: { connection: 'close' } },
  );
}
