/** `/openapi.json`: the service described by OpenAPI 3.1, made from the model's own schema, with examples that work. */
import type { Artefact, JsonObject } from '../src/serving.js';
import { operationsOf } from './openapi-operations.js';
import { schemasOf } from './openapi-schemas.js';
import { ref } from './openapi-shapes.js';
import type { Operation } from './operation.js';

/** The document for the model of the short routes. Equal artefacts give equal documents. */
export function openApi(artefact: Artefact, version: string): JsonObject {
  return documentOf(operationsOf(artefact), {
    title: artefact.report?.study.title ?? artefact.study,
    version,
    description:
      `${artefact.report?.study.question ?? ''} Asked when ${artefact.schema.moment}; model ${artefact.study}@${artefact.version}.`.trim(),
    schemas: schemasOf(artefact),
  });
}

/** A document of these operations. */
export function documentOf(
  operations: readonly Operation[],
  { schemas, ...info }: { title: string; version: string; description: string; schemas: JsonObject },
): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info,
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/', description: 'Where this document is.' }],
    security: [{}, { bearer: [] }, { apiKey: [] }],
    paths,
    components: {
      schemas,
      responses: Object.fromEntries(
        Object.entries(meanings).map(([status, description]) => [
          `Problem${status}`,
          {
            description,
            headers: {
              'x-request-id': { $ref: '#/components/headers/RequestId' },
              ...(status === '429' && { 'retry-after': { schema: { type: 'string' } } }),
            },
            content: { 'application/problem+json': { schema: ref('Problem') } },
          },
        ]),
      ),
      headers: {
        RequestId: { description: 'Names the request in the log.', schema: { type: 'string' } },
        ModelVersion: { description: 'The version that answered.', schema: { type: 'string' } },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
  };
}

const meanings: Readonly<Record<string, string>> = {
  400: 'The body or the address cannot be read.',
  401: 'The key is missing or wrong.',
  403: 'A page of another site sent the request, or a source may not be read.',
  404: 'There is nothing of that name.',
  406: 'It is not to be had in any of the media types that the request accepts.',
  409: 'It is not done yet.',
  410: 'It was erased.',
  413: 'The body is too large, or has too many rows.',
  415: 'The body is of another media type.',
  421: 'Without keys, the request must name this machine.',
  422: 'Rows are wrong; `errors` says all that is wrong with them, by JSON Pointer.',
  429: 'Too many requests at once; try again after `Retry-After` seconds.',
  500: 'A fault of the service.',
  503: 'The service is not ready, is ending, or can keep no more predictions.',
};

function describe(operation: Operation): JsonObject {
  const { summary, tag, parameters, body, answer, problems = [], open, aliasOf, status = 200 } = operation;
  // To keys with a scope, what is outside of it is not there.
  const statuses = [...problems, ...(open ? [] : [401, 403, 404, 421, 429]), 500].sort();
  return {
    operationId: operationIdOf(operation),
    summary,
    tags: [tag],
    ...(aliasOf !== undefined && { 'x-alias-of': aliasOf }),
    ...(open && { security: [{}] }),
    ...(parameters && { parameters }),
    ...(body && { requestBody: { required: true, content: body } }),
    responses: {
      [status]: {
        description: status === 202 ? 'Taken; its work goes on.' : 'The answer.',
        headers: {
          ...(status === 202 && { location: { schema: { type: 'string' } } }),
          'x-request-id': { $ref: '#/components/headers/RequestId' },
          'x-model-version': { $ref: '#/components/headers/ModelVersion' },
        },
        content: answer,
      },
      ...Object.fromEntries(
        statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
      ),
    },
  };
}

/** "getStudiesStudyPredict" for `GET /studies/{study}/predict`. */
function operationIdOf({ method, path }: Operation): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return [method, ...(words.length > 0 ? words : ['page'])]
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}
