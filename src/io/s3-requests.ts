/** The requests to a bucket of S3, signed by aws4fetch and sent by Node itself, which hands bytes on as the store has them. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AwsV4Signer } from 'aws4fetch';
import { type SettingsPlace, setting } from '../config/read-settings.js';
import { optionalPackage } from '../optional-package.js';
import { Problem, show } from '../problem.js';
import { type HttpAnswer, sendHttp } from './http-request.js';
import type { RemoteInfo, RemoteRequests, SentPart } from './remote-requests.js';
import { Trouble, troubleOf } from './trouble.js';

interface Request {
  readonly method?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal: AbortSignal;
  readonly once?: boolean;
}

/** The requests to one bucket. Throws `io-needs-package`, `io-setting` where keys are missing or the endpoint is none. */
export async function s3Requests(bucket: string, place: SettingsPlace): Promise<RemoteRequests> {
  const { AwsV4Signer } = await optionalPackage(() => import('aws4fetch'), {
    ...{ code: 'io-needs-package', what: 'places that begin with s3://' },
    packages: 'aws4fetch',
  });
  const [accessKeyId, secretAccessKey] = [setting('s3Key', place), setting('s3Secret', place)];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const what = 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set, and s3:// needs them';
    throw new Problem({ code: 'io-setting', what });
  }
  const region = setting('s3Region', place);
  const sessionToken = setting('s3Token', place);
  const keys = { accessKeyId, secretAccessKey, region, service: 's3', ...(sessionToken && { sessionToken }) };
  const endpoint = setting('s3Endpoint', place);
  if (endpoint !== undefined && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : '')) {
    const issue = { code: 'io-setting', what: 'AWS_ENDPOINT_URL_S3 is no address', got: show(endpoint) };
    throw new Problem({ ...issue, expected: 'one such as https://s3.example.org' });
  }
  const home = homeOf(bucket, { endpoint, region });
  const signed: Signed = (url, init) => new AwsV4Signer({ url, ...init, ...keys }).sign();
  return requestsOf(bucket, { home, signed });
}

type Signed = (
  url: string,
  init: { method: string; headers: Record<string, string> },
) => ReturnType<AwsV4Signer['sign']>;

/** The URL of a bucket. A name with a dot fits no certificate as a part of a host. */
function homeOf(bucket: string, { endpoint, region }: { endpoint?: string; region: string }): string {
  if (endpoint !== undefined) return `${endpoint.replace(/\/$/, '')}/${bucket}`;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = `s3.${region}.${domain}`;
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}

function requestsOf(bucket: string, { home, signed }: { home: string; signed: Signed }): RemoteRequests {
  const ask = async (key: string, request: Request): Promise<HttpAnswer> => {
    const { method = 'GET', query = {}, headers = {}, body, signal, once = false } = request;
    const search = Object.entries(query)
      .map((pair) => pair.map(escaped).join('='))
      .join('&');
    const url = `${home}/${escapedKey(key)}${search === '' ? '' : `?${search}`}`;
    const own = { ...headers, ...(once && { 'if-none-match': '*' }) };
    const ready = await signed(url, { method, headers: own });
    const answer = await sendHttp(url, {
      ...{ method, body, signal },
      headers: Object.fromEntries(ready.headers as unknown as Iterable<[string, string]>),
    });
    if (answer.status >= 300)
      throw await refused(answer, { once, signal, sent: ready.headers.get('x-amz-date') });
    return answer;
  };
  const text = async (key: string, request: Request): Promise<string> => {
    const answer = await textOf((await ask(key, request)).body);
    // A request that takes long is answered before it is done, and what went wrong then stands in the text.
    const code = tag(answer, 'Code');
    if (answer.includes('<Error>')) throw troubleOf(500, { code, once: request.once });
    return answer;
  };
  const nothing = async (key: string, request: Request): Promise<void> => {
    (await ask(key, request)).body.resume();
  };
  return {
    async info(key, { signal }) {
      const answer = await ask(key, { method: 'HEAD', signal });
      answer.body.resume();
      return { key, ...infoOf(answer) };
    },

    async open(key, { signal, range, etag }) {
      const answer = await ask(key, {
        signal,
        headers: {
          ...(range && { range: `bytes=${range.start}-${range.end - 1}` }),
          ...(etag !== undefined && { 'if-match': `"${etag}"` }),
        },
      });
      return { info: { key, ...infoOf(answer) }, bytes: answer.body };
    },

    async page(prefix, { signal, token }) {
      const query = { 'list-type': '2', 'encoding-type': 'url', prefix, ...(token !== undefined && { 'continuation-token': token }) }; // biome-ignore format: one thought
      const listing = await text('', { signal, query });
      const objects = [...listing.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(
        ([, item]): RemoteInfo => ({
          key: decodeURIComponent(tag(item!, 'Key').replaceAll('+', ' ')),
          size: Number(tag(item!, 'Size')),
          etag: tag(item!, 'ETag').replaceAll('&quot;', '').replaceAll('"', ''),
        }),
      );
      const next = tag(listing, 'NextContinuationToken');
      return { objects, ...(tag(listing, 'IsTruncated') === 'true' && { token: next }) };
    },

    put: (key, bytes, { signal, once, md5 }) =>
      nothing(key, { method: 'PUT', body: bytes, signal, once, headers: { 'content-md5': md5.toString('base64') } }), // biome-ignore format: one thought

    async begin(key, { signal }) {
      return tag(await text(key, { method: 'POST', query: { uploads: '' }, signal }), 'UploadId');
    },

    async part(key, bytes, { signal, upload, number, md5 }) {
      const query = { partNumber: String(number), uploadId: upload };
      const headers = { 'content-md5': md5.toString('base64') };
      const { headers: answer, body } = await ask(key, {
        method: 'PUT',
        body: bytes,
        query,
        headers,
        signal,
      });
      body.resume();
      return String(answer.etag);
    },

    async complete(key, parts, { signal, once, upload }) {
      const listed = parts.map(({ id }, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${id.replaceAll('"', '&quot;')}</ETag></Part>`); // biome-ignore format: one thought
      const body = Buffer.from(`<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`);
      // Not every store of this kind keeps the condition when it makes one of parts.
      if (once && (await isThere(this, key, signal))) throw new Trouble('exists', 'found before');
      await text(key, { method: 'POST', query: { uploadId: upload }, body, signal, once });
    },

    abandon: (key, { signal, upload }) => nothing(key, { method: 'DELETE', query: { uploadId: upload }, signal }), // biome-ignore format: one thought

    async copy(from, to, { signal, once }) {
      if (once && (await isThere(this, to, signal))) throw new Trouble('exists', 'found before');
      const headers = { 'x-amz-copy-source': `/${bucket}/${escapedKey(from)}` };
      await text(to, { method: 'PUT', headers, signal, once });
    },

    async remove(key, { signal }) {
      // It says nothing of what was not there.
      await this.info(key, { signal });
      await nothing(key, { method: 'DELETE', signal });
    },

    isSame: ({ size, etag }, content) => size === content.size && etag === etagOf(content),
  };
}

async function isThere(requests: RemoteRequests, key: string, signal: AbortSignal): Promise<boolean> {
  try {
    await requests.info(key, { signal });
    return true;
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'missing') return false;
    throw error;
  }
}

/** Of one made of parts it is the sum of their sums, and how many there were. */
function etagOf({ md5, parts }: { md5: Buffer; parts?: readonly SentPart[] }): string {
  if (!parts) return md5.toString('hex');
  const hash = createHash('md5');
  for (const part of parts) hash.update(Buffer.from(part.md5, 'base64'));
  return `${hash.digest('hex')}-${parts.length}`;
}

function infoOf({ headers }: HttpAnswer): Omit<RemoteInfo, 'key'> {
  const etag = String(headers.etag ?? '').replaceAll('"', '');
  const size = Number(/\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? headers['content-length']);
  const encryption = headers['x-amz-server-side-encryption'];
  const isOwnKey = headers['x-amz-server-side-encryption-customer-algorithm'] !== undefined;
  // Under a key of its own the tag of an object is not its sum.
  const isSum =
    /^[\da-f]{32}$/.test(etag) && !isOwnKey && (encryption === undefined || encryption === 'AES256');
  return { size, etag, ...(isSum && { md5: etag }) };
}

async function refused(
  { status, headers, body }: HttpAnswer,
  { once, signal, sent }: { once: boolean; signal: AbortSignal; sent: string | null },
): Promise<Trouble> {
  signal.throwIfAborted();
  const code = tag(await textOf(body), 'Code');
  // Twenty digits and letters, as ISO 8601 has them without its signs.
  const time = sent?.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5');
  return troubleOf(status, { code, once, sent: time, date: headers.date });
}

async function textOf(body: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function tag(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
}

/** As S3 signs it: RFC 3986. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`); // biome-ignore format: one thought
}

function escapedKey(key: string): string {
  return key.split('/').map(escaped).join('/');
}
