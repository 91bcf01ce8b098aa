/** The schemas of what clients send and get, for the OpenAPI document. */
import { type Artefact, type JsonObject, jsonSchema } from '../src/serving.js';

/** By the name under which the document refers to them. */
export function schemasOf({ schema, pipeline }: Artefact): JsonObject {
  const { $schema: _, ...row } = jsonSchema(schema, { levels: pipeline.levels });
  const prediction = {
    id: { type: 'string', format: 'uuid', description: 'Names the prediction in the audit log.' },
    probability: ref('Probability'),
    decision: { enum: ['act', 'leave'] },
    warnings: { type: 'array', items: ref('Entry') },
    explanation: { type: ['object', 'null'] },
  };
  const signature = {
    policy: {
      type: 'object',
      properties: { name: { type: 'string' }, verb: { type: 'string' }, cutoff: { type: 'number' } },
      required: ['name', 'verb', 'cutoff'],
    },
    model: { type: 'string', description: 'Study and version.' },
  };
  return {
    Row: row,
    Rows: {
      type: 'object',
      properties: { rows: { type: 'array', items: ref('Row'), maxItems: 10_000 } },
      required: ['rows'],
      additionalProperties: false,
    },
    Probability: { type: 'number', minimum: 0, maximum: 1 },
    Prediction: {
      type: 'object',
      properties: prediction,
      required: ['id', 'probability', 'decision'],
      additionalProperties: false,
    },
    Answer: {
      type: 'object',
      properties: { ...prediction, ...signature },
      required: ['id', 'probability', 'decision', 'policy', 'model'],
      additionalProperties: false,
    },
    Answers: {
      type: 'object',
      properties: { predictions: { type: 'array', items: ref('Prediction') }, ...signature },
      required: ['predictions', 'policy', 'model'],
      additionalProperties: false,
    },
    Entry: {
      type: 'object',
      properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      required: ['pointer', 'code', 'detail'],
    },
    Problem: {
      type: 'object',
      description: 'RFC 9457.',
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        errors: { type: 'array', items: ref('Entry') },
      },
      required: ['type', 'title', 'status', 'detail'],
    },
  };
}

/** A reference to one of them. */
export function ref(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}
