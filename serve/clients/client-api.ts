/** The operations of clients and their schemas, for the OpenAPI document of a study that asks about clients by id. */
import { type Artefact, answerForm, type JsonObject } from '../../src/serving.js';
import { inPath, media } from '../openapi-parameters.js';
import { list, ref, shape, text } from '../openapi-shapes.js';
import type { Told } from '../operation.js';
import { personColumn } from '../person-column.js';

/** By method and path; none where rows are about nobody who can be told. */
export function clientOperations(artefact: Artefact): Readonly<Record<string, Told>> {
  if (personColumn(artefact) === undefined) return {};
  const id = inPath('id', { type: 'string', minLength: 1, maxLength: 100 });
  const problems = [400, 503];
  return {
    'GET /clients/{id}/features': {
      summary: 'What is known of a client: each feature with its status and the moment that it is of.',
      everyStudy: true,
      parameters: [id],
      problems,
      answer: ref('Client'),
    },
    'GET /clients/{id}/prediction': {
      summary: 'What the model says of a client, from what is known of it.',
      everyStudy: true,
      parameters: [id],
      problems,
      answer: ref('ClientAnswer'),
    },
    'POST /clients/predictions': {
      summary: 'The same for a list of at most 1,000 ids.',
      everyStudy: true,
      problems: [400, 413, 415, 503],
      body: media(
        { oneOf: [ref('ClientIds'), shape({ ids: ref('ClientIds') })] },
        { ids: { ids: ['1'] }, list: ['1', '2'] },
      ),
      answer: ref('ClientAnswers'),
    },
    'GET /api/user/{id}/caracteristicasriesgo': {
      summary: 'As /clients/{id}/features, in the shape of the first service.',
      parameters: [id],
      problems,
      answer: { type: 'object', additionalProperties: { type: ['number', 'null'] } },
    },
    'GET /api/user/{id}/prediccion': {
      summary: 'As /clients/{id}/prediction, in the shape of the first service: 1 where the policy acts.',
      parameters: [id],
      problems,
      answer: shape({ resultado: list({ enum: [0, 1] }) }),
    },
  };
}

const time: JsonObject = { type: 'string', format: 'date-time' };
const tooOld: JsonObject = {
  type: 'boolean',
  description: 'True where something is too old to be relied on.',
};

/** What the operations refer to. */
export function clientSchemas(artefact: Artefact): JsonObject {
  if (personColumn(artefact) === undefined) return {};
  const { fields } = answerForm(artefact);
  const answered = Object.fromEntries(fields.map(({ name, schema }) => [name, schema]));
  const answer = {
    client: text,
    asOf: time,
    tooOld,
    id: { type: 'string', format: 'uuid', description: 'Names the prediction in the audit log.' },
    ...answered,
    warnings: list(ref('Entry')),
  };
  const signature = {
    policy: { type: 'object' },
    model: { type: 'string', description: 'Study and version.' },
  };
  const value = shape({
    value: { type: ['number', 'string', 'null'] },
    status: { enum: ['present', 'missing', 'too old'] },
    moment: time,
  });
  return {
    Client: shape({
      client: text,
      asOf: { ...time, description: 'When the features were computed.' },
      tooOld,
      features: { type: 'object', additionalProperties: value },
      study: text,
      read: { type: 'string', format: 'uuid', description: 'Names the read in the audit log.' },
    }),
    ClientAnswer: shape({ ...answer, ...signature }, { optional: ['warnings'] }),
    ClientAnswers: shape({
      predictions: list(
        shape(
          { status: { enum: ['predicted', 'unknown', 'too old'] }, ...answer },
          { optional: Object.keys(answer).filter((name) => name !== 'client') },
        ),
      ),
      ...signature,
    }),
    ClientIds: {
      type: 'array',
      minItems: 1,
      maxItems: 1000,
      items: { oneOf: [{ type: 'string', minLength: 1, maxLength: 100 }, { type: 'integer' }] },
    },
  };
}
