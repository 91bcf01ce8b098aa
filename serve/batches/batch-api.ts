/** The operations of batches and their schemas, for the OpenAPI document. */
import type { Artefact, JsonObject } from '../../src/serving.js';
import { inPath, query } from '../openapi-parameters.js';
import { count, list, number, ref, shape, text } from '../openapi-shapes.js';
import type { Told } from '../operation.js';

/** By method and path. */
export function batchOperations({ schema }: Artefact): Readonly<Record<string, Told>> {
  const id = inPath('id', { type: 'string', format: 'uuid' });
  const flag = { type: 'boolean' };
  return {
    'POST /batches': {
      summary:
        'Takes a file of rows, as CSV with a header or NDJSON, also as gzip, and scores it beside the service; `location` says where to look. The same Idempotency-Key gives the same batch.',
      everyStudy: true,
      status: 202,
      parameters: [
        query('keep', list(text), 'A column of the file that the model does not know, such as an id.'),
        query(
          'choose',
          count,
          'Act on so many rows of the file, the highest by rank; by default as the policy does with a list.',
        ),
        query('warnings', flag, 'A last column that says what is unusual about each row.'),
        query('allowConstant', flag, 'One probability or decision for every row is meant.'),
        query('dialect', text, 'How the file is written, as JSON, where not as the one learned from.'),
        { name: 'idempotency-key', in: 'header', schema: { type: 'string', pattern: '^[!-~]{1,200}$' } },
      ],
      body: {
        'text/csv': { schema: { type: 'string', minLength: 1 }, example: `${schema.before.join(',')}\n` },
        'application/x-ndjson': { schema: { type: 'string', minLength: 1 } },
        'application/jsonl': { schema: { type: 'string', minLength: 1 } },
        'application/json': { schema: ref('BatchSource') },
      },
      answer: ref('Batch'),
      problems: [400, 413, 415, 422, 503],
    },
    'GET /batches': {
      summary: 'The batches that are kept, the newest first.',
      everyStudy: true,
      answer: shape({ batches: list(ref('Batch')) }),
    },
    'GET /batches/{id}': {
      summary: 'How far a batch is, and where its result is.',
      everyStudy: true,
      parameters: [id],
      answer: ref('Batch'),
    },
    'DELETE /batches/{id}': {
      summary: 'Ends the work of a batch, or removes its files.',
      everyStudy: true,
      parameters: [id],
      answer: ref('Batch'),
    },
    'GET /batches/{id}/result': {
      summary:
        'Each row with its answer, in the format of the input or as `accept` says. Rows in are rows out and rejects.',
      everyStudy: true,
      parameters: [id],
      answer: ['text/csv', 'application/x-ndjson'],
      problems: [406, 409, 410, 503],
    },
    'GET /batches/{id}/rejects': {
      summary: 'The rows that were not scored: line, column, code, reason.',
      everyStudy: true,
      parameters: [id],
      answer: 'text/csv',
      problems: [409, 410],
    },
  };
}

const time: JsonObject = { type: 'string', format: 'date-time' };

/** What the operations refer to. */
export const batchSchemas: JsonObject = {
  BatchSource: shape({
    source: { ...text, description: 'A path or an address of rows, below those that the service may read.' },
  }),
  Batch: shape(
    {
      id: { type: 'string', format: 'uuid' },
      study: text,
      model: { type: 'string', description: 'Study and version; another champion later changes nothing.' },
      state: { enum: ['waiting', 'running', 'done', 'failed', 'cancelled', 'removed'] },
      progress: { ...number, minimum: 0, maximum: 1 },
      rows: count,
      scored: count,
      rejected: count,
      acted: count,
      created: time,
      started: time,
      ended: time,
      expires: { ...time, description: 'Until then its result is kept.' },
      input: shape(
        { format: { enum: ['csv', 'ndjson'] }, source: text, bytes: count, sha256: text },
        { optional: ['source', 'bytes', 'sha256'] },
      ),
      result: { ...text, description: 'The address of the result.' },
      resultSha256: text,
      rejects: { ...text, description: 'The address of the rejects.' },
      errors: { ...list(ref('Entry')), description: 'Why it failed.' },
    },
    {
      optional: [
        'rows',
        'scored',
        'rejected',
        'acted',
        'started',
        'ended',
        'expires',
        'result',
        'resultSha256',
        'rejects',
        'errors',
      ],
    },
  ),
};
