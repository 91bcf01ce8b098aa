/** The requests to a container of Azure's object storage, by its own client, whose patience is left out: ours is the same for all stores. */
import { randomUUID } from 'node:crypto';
import type { BlobItem, ContainerClient } from '@azure/storage-blob';
import { type SettingsPlace, setting } from '../config/read-settings.js';
import { optionalPackage } from '../optional-package.js';
import { Problem } from '../problem.js';
import type { RemoteInfo, RemoteRequests } from './remote-requests.js';
import { Trouble, troubleOf } from './trouble.js';

/** The requests to one container. Throws `io-needs-package`, `io-setting` where the account is not named, or not well. */
export async function azureRequests(container: string, place: SettingsPlace): Promise<RemoteRequests> {
  const { BlobServiceClient } = await optionalPackage(() => import('@azure/storage-blob'), {
    ...{ code: 'io-needs-package', what: 'places that begin with az://' },
    packages: '@azure/storage-blob',
  });
  const connection = setting('azure', place);
  const refuse = (what: string): never => {
    const expected = "the account's connection string, as the portal shows it";
    throw new Problem({ code: 'io-setting', what: `AZURE_STORAGE_CONNECTION_STRING ${what}`, expected });
  };
  if (connection === undefined) return refuse('is not set, and az:// needs it');
  try {
    const client = BlobServiceClient.fromConnectionString(connection, { retryOptions: { maxTries: 1 } });
    return requestsOf(client.getContainerClient(container));
  } catch {
    // The client's own sentence may hold what is secret.
    return refuse('is not what it may be');
  }
}

function requestsOf(client: ContainerClient): RemoteRequests {
  const conditions = ({ once = false, etag }: { once?: boolean; etag?: string }): object => ({
    conditions: { ...(once && { ifNoneMatch: '*' }), ...(etag !== undefined && { ifMatch: `"${etag}"` }) },
  });
  return {
    async info(key, { signal }) {
      const found = await answered(client.getBlobClient(key).getProperties({ abortSignal: signal }));
      return { key, size: found.contentLength!, ...marks(found) };
    },

    async open(key, { signal, range, etag }) {
      const found = await answered(
        client.getBlobClient(key).download(range?.start ?? 0, range && range.end - range.start, {
          ...{ abortSignal: signal, maxRetryRequests: 0 },
          ...conditions({ etag }),
        }),
      );
      const size = Number(/\/(\d+)$/.exec(found.contentRange ?? '')?.[1] ?? found.contentLength);
      const md5 = range ? found.blobContentMD5 : (found.contentMD5 ?? found.blobContentMD5);
      return {
        info: { key, size, ...marks({ etag: found.etag, contentMD5: md5 }) },
        bytes: found.readableStreamBody as unknown as AsyncIterable<Uint8Array>,
      };
    },

    async page(prefix, { signal, token }) {
      const pages = client
        .listBlobsFlat({ prefix, abortSignal: signal })
        .byPage({ maxPageSize: 1000, ...(token !== undefined && { continuationToken: token }) });
      const { value } = await answered(pages.next());
      if (!value) return { objects: [] };
      const objects = value.segment.blobItems.map(
        ({ name, properties }: BlobItem): RemoteInfo => ({
          key: name,
          size: properties.contentLength!,
          ...marks(properties),
        }),
      );
      return { objects, ...(value.continuationToken && { token: value.continuationToken }) };
    },

    async put(key, bytes, { signal, once, md5 }) {
      const upload = client.getBlockBlobClient(key).upload(bytes as Buffer, bytes.length, {
        ...{ abortSignal: signal, blobHTTPHeaders: { blobContentMD5: md5 } },
        ...conditions({ once }),
      });
      await answered(upload, { once });
    },

    // Parts lie beside the object until it is made of them; a name of their own keeps those of two writers apart.
    begin: () => Promise.resolve(randomUUID()),

    async part(key, bytes, { signal, upload, number, md5 }) {
      const id = Buffer.from(`${upload} ${String(number).padStart(5, '0')}`).toString('base64');
      const options = { abortSignal: signal, transactionalContentMD5: md5 };
      await answered(client.getBlockBlobClient(key).stageBlock(id, bytes as Buffer, bytes.length, options));
      return id;
    },

    async complete(key, parts, { signal, once, md5 }) {
      const commit = client.getBlockBlobClient(key).commitBlockList(
        parts.map(({ id }) => id),
        { abortSignal: signal, blobHTTPHeaders: { blobContentMD5: md5 }, ...conditions({ once }) },
      );
      await answered(commit, { once });
    },

    // The store throws parts away by itself, after a week.
    abandon: () => Promise.resolve(),

    async copy(from, to, { signal, once }) {
      const options = { abortSignal: signal, intervalInMs: 100, ...conditions({ once }) };
      const copy = await answered(
        client.getBlobClient(to).beginCopyFromURL(client.getBlobClient(from).url, options),
        { once },
      );
      const { copyStatus } = await answered(copy.pollUntilDone());
      if (copyStatus !== 'success') throw new Trouble('answered', `copy ${copyStatus}`);
    },

    async remove(key, { signal }) {
      await answered(client.getBlobClient(key).delete({ abortSignal: signal }));
    },

    isSame: ({ size, md5 }, content) => size === content.size && md5 === content.md5.toString('hex'),
  };
}

/** An error of the client, as far as it is looked at. */
interface RefusedRequest {
  readonly statusCode?: number;
  readonly code?: string;
  readonly request?: { readonly headers: { get(name: string): string | undefined } };
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
}

/** What the client gives; its error as trouble, without the request that it carries. */
async function answered<T>(work: Promise<T>, { once = false }: { once?: boolean } = {}): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { statusCode, code, request, response } = error as RefusedRequest;
    if (statusCode === undefined) throw error;
    const [sent, date] = [request?.headers.get('x-ms-date'), response?.headers.get('date')];
    throw troubleOf(statusCode, { code, once, sent, date });
  }
}

function marks({ etag = '', contentMD5 }: { etag?: string; contentMD5?: Uint8Array }): {
  etag: string;
  md5?: string;
} {
  return {
    etag: etag.replaceAll('"', ''),
    ...(contentMD5 && contentMD5.length > 0 && { md5: Buffer.from(contentMD5).toString('hex') }),
  };
}
