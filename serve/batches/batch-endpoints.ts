/** `/batches`: a file of rows is sent, its work watched, its result fetched or its work ended. */
import { closeSync, createReadStream, fstatSync, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import { type JsonObject, listNames, Problem } from '../../src/serving.js';
import { preferredType } from '../accept.js';
import { csvType } from '../csv-answer.js';
import { problem, Refusal } from '../problems.js';
import { acceptedType, type BodyLimits, bodyText, parseJson, readBody } from '../read-body.js';
import { json, type Reply } from '../reply.js';
import type { ServiceRequest } from '../request.js';
import type { Call, Endpoint } from '../router.js';
import { type Batch, type Batches, isOpen, type RowFormat } from './batch.js';
import { batchOptions } from './batch-options.js';
import { isAllowedSource } from './batch-sources.js';

/** The media type of each format, as answers have it. */
export const mediaTypes: Readonly<Record<RowFormat, string>> = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
};

const formats: Readonly<Record<string, RowFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
};

/** What the endpoints are told. */
export interface BatchEndpointsOptions {
  readonly limits: BodyLimits;
  /** Below which folders and addresses a batch may be read by its URL. */
  readonly sources: readonly string[];
}

/** The endpoints; without `batches` there is nothing at their addresses. */
export interface BatchEndpoints {
  readonly all: { GET: Endpoint; POST: Endpoint };
  readonly one: { GET: Endpoint; DELETE: Endpoint };
  readonly result: { GET: Endpoint };
  readonly rejects: { GET: Endpoint };
}

export function batchEndpoints(
  batches: Batches | undefined,
  { limits, sources }: BatchEndpointsOptions,
): BatchEndpoints {
  const opened = (): Batches => {
    if (batches) return batches;
    throw new Refusal(404, 'This service takes no batches.');
  };
  const found = (call: Call): Batch => {
    const batch = opened().find(call.study, call.request.param('id') ?? '');
    if (batch && isSeen(batch, call)) return batch;
    throw new Refusal(404, 'No batch of that id is kept.');
  };
  const told = (call: Call, batch: Batch): JsonObject => tell(batch, opened(), addressOf(call));

  return {
    all: {
      GET: (call) => {
        const list = opened()
          .list(call.study)
          .filter((batch) => isSeen(batch, call));
        return json({ batches: list.map((batch) => told(call, batch)) });
      },
      POST: async (call) => {
        const { request, study, model } = call;
        const type = acceptedType(request, [...Object.keys(formats), 'application/json']);
        checkEncoding(request);
        const open = opened();
        const options = batchOptions(request);
        const rows = formats[type] ? { format: formats[type] } : await sourceOf(request, { limits, sources });
        const { caller } = request;
        const batch = await open.take(request, {
          ...{ study, model: model.reference, options, ...rows },
          ...(caller !== undefined && { caller }),
          ...idempotencyKeyOf(request),
        });
        const location = `${addressOf(call)}/${batch.id}`;
        const { headers, ...reply } = json(told(call, batch), 202);
        return { ...reply, headers: { ...headers, location, 'retry-after': '1' } };
      },
    },
    one: {
      GET: (call) => {
        const batch = found(call);
        const { headers, ...reply } = json(told(call, batch));
        return { ...reply, headers: { ...headers, ...(isOpen(batch) && { 'retry-after': '1' }) } };
      },
      DELETE: async (call) => json(told(call, await opened().remove(found(call)))),
    },
    result: {
      GET: async (call) => {
        const batch = found(call);
        const format = wantedFormat(call.request, batch.input.format);
        const path = batch.state === 'done' ? await opened().result(batch, format) : undefined;
        const type = format === 'csv' ? csvType : mediaTypes[format];
        const name = `${batch.id}.${format}`;
        // It may have been removed while its other format was written.
        return file(call.request, path, { type, name }) ?? missing(found(call), 'result');
      },
    },
    rejects: {
      GET: (call) => {
        const batch = found(call);
        const path = isOpen(batch) ? undefined : opened().rejects(batch);
        const name = `${batch.id}.rejects.csv`;
        return file(call.request, path, { type: csvType, name }) ?? missing(batch, 'list of rejects');
      },
    },
  };
}

/** Of a key with a scope only its own batches are seen. */
function isSeen({ caller }: Batch, { request }: Call): boolean {
  return request.scope === undefined || caller === request.caller;
}

/** Where the batches of the call's study are: "/studies/x/batches" where it was asked so. */
function addressOf({ request, study }: Call): string {
  return request.param('study') === undefined ? '/batches' : `/studies/${study}/batches`;
}

/** A batch as it is told to clients. */
function tell(batch: Batch, batches: Batches, address: string): JsonObject {
  const { id, study, model, state, created, started, ended, input, errors, outputSha256 } = batch;
  const now = batches.progress(batch);
  const { share = state === 'done' ? 1 : 0, counts = batch.counts } = now ?? {};
  const own = `${address}/${id}`;
  const isThere = state === 'done' || state === 'failed';
  return {
    ...{ id, study, model, state, progress: share },
    ...(counts && { ...counts }),
    ...{ created, started, ended, expires: batches.expires(batch)?.toISOString() },
    input: { ...input },
    ...(state === 'done' && { result: `${own}/result`, resultSha256: outputSha256 }),
    ...(isThere && batches.rejects(batch) !== undefined && { rejects: `${own}/rejects` }),
    ...(errors && { errors: errors.map((entry) => ({ ...entry })) }),
  };
}

function missing({ state }: Batch, what: string): Reply {
  if (state === 'waiting' || state === 'running') {
    return problem(409, `The batch is not done yet; its address says how far it is.`, {
      headers: { 'retry-after': '1' },
    });
  }
  if (state === 'cancelled' || state === 'removed')
    return problem(410, `The batch was ${state}; its ${what} is gone.`);
  return problem(404, `The batch failed and has no ${what}; its address says why.`);
}

/** A file as an answer; undefined where there is none, or it is gone. Once it is open, it may be removed. */
function file(
  request: ServiceRequest,
  path: string | undefined,
  { type, name }: { type: string; name: string },
): Reply | undefined {
  if (path === undefined) return undefined;
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const headers = {
    'content-type': type,
    'content-length': String(fstatSync(fd).size),
    'content-disposition': `attachment; filename="${name}"`,
  };
  if (request.method === 'HEAD') {
    closeSync(fd);
    return { headers, body: '' };
  }
  return { headers, body: Readable.toWeb(createReadStream('', { fd })) as ReadableStream<Uint8Array> };
}

/** The format that a client accepts; that of the input where it says nothing. Throws a `Refusal` (406). */
function wantedFormat(request: ServiceRequest, usual: RowFormat): RowFormat {
  const types = Object.keys(formats).sort(
    (a, b) => Number(formats[b] === usual) - Number(formats[a] === usual),
  );
  // A browser that follows a link names what it can show.
  const wanted = preferredType(request.header('accept'), [...types, 'text/html']);
  if (wanted !== undefined) return formats[wanted] ?? usual;
  throw new Refusal(406, `A result is ${listNames(Object.values(mediaTypes), { last: 'or' })}.`);
}

/** The source in a body of JSON. Throws a `Refusal`: 400 for another body, 403 for a source that may not be read. */
async function sourceOf(
  request: ServiceRequest,
  { limits, sources }: BatchEndpointsOptions,
): Promise<{ source: string; format: RowFormat }> {
  const body = parseJson(bodyText(await readBody(request, limits.rowBytes)), limits);
  const { source, ...others } = (body ?? {}) as { source?: unknown };
  if (typeof source !== 'string' || Object.keys(others).length > 0)
    throw new Refusal(
      400,
      'The body is { "source": "az://container/rows.csv" }, or the rows themselves as CSV or NDJSON.',
    );
  let isAllowed = false;
  try {
    isAllowed = isAllowedSource(source, sources);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  if (!isAllowed)
    throw new Refusal(
      403,
      'That source may not be read; ALAMBIQUE_BATCH_SOURCES says below which folders and addresses they may stand.',
    );
  return { source, format: /\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(source) ? 'ndjson' : 'csv' };
}

function checkEncoding(request: ServiceRequest): void {
  const encoding = request.header('content-encoding')?.trim().toLowerCase() ?? '';
  if (['', 'identity', 'gzip', 'x-gzip'].includes(encoding)) return;
  throw new Refusal(415, 'The body has a content-encoding that is not known here; send gzip or none.', {
    headers: { 'accept-encoding': 'gzip' },
  });
}

function idempotencyKeyOf(request: ServiceRequest): { idempotencyKey?: string } {
  const key = request.header('idempotency-key');
  if (key === undefined) return {};
  // The draft of the header writes it as a quoted text; most clients do not.
  const text = /^"(.*)"$/.exec(key)?.[1] ?? key;
  if (/^[\x21-\x7e]{1,200}$/.test(text)) return { idempotencyKey: text };
  throw new Refusal(400, 'An idempotency key has 1 to 200 visible characters, such as a UUID.');
}
