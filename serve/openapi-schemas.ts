/** The schemas of what clients send and get, for the OpenAPI document. */
import {
  type Artefact,
  answerForm,
  type JsonObject,
  jsonSchema,
  runKinds,
  runStates,
} from '../src/serving.js';
import { batchSchemas } from './batches/batch-api.js';
import { clientSchemas } from './clients/client-api.js';
import { count, list, number, open, ref, shape, text } from './openapi-shapes.js';

/** What every document refers to. */
export const sharedSchemas: JsonObject = {
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
      error: { type: 'string', description: 'The same in one text, for the Open Inference Protocol.' },
    },
    required: ['type', 'title', 'status', 'detail'],
  },
};

/** By the name under which the document refers to them. */
export function schemasOf(artefact: Artefact): JsonObject {
  const { schema, pipeline } = artefact;
  const { $schema: _, ...row } = jsonSchema(schema, { levels: pipeline.levels });
  const { fields, main, action } = answerForm(artefact);
  const answered = Object.fromEntries(fields.map(({ name }) => [name, ref(componentOf(name))]));
  const prediction = {
    id: { type: 'string', format: 'uuid', description: 'Names the prediction in the audit log.' },
    ...answered,
    warnings: list(ref('Entry')),
    explanation: { anyOf: [ref('Explanation'), { type: 'null' }] },
  };
  const signature = {
    policy: {
      type: 'object',
      properties: {
        name: text,
        verb: text,
        cutoff: number,
        by: {
          enum: ['cut-off', 'row', 'rank'],
          description: 'Each row by the cut-off or by itself, or the rows of a list by their rank.',
        },
        choose: count,
        perList: {
          ...count,
          description:
            'How many rows of one list there is time for; "choose" keeps to it, the cut-off need not.',
        },
      },
      required: ['name', 'verb', 'by'],
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
    ...Object.fromEntries(fields.map(({ name, schema: its }) => [componentOf(name), its])),
    AnsweredRow: {
      type: 'object',
      properties: prediction,
      required: ['id', ...Object.keys(answered)],
      additionalProperties: false,
    },
    Answer: {
      type: 'object',
      properties: { ...prediction, ...signature },
      required: ['id', ...Object.keys(answered), 'policy', 'model'],
      additionalProperties: false,
    },
    Answers: {
      type: 'object',
      properties: { predictions: { type: 'array', items: ref('AnsweredRow') }, ...signature },
      required: ['predictions', 'policy', 'model'],
      additionalProperties: false,
    },
    ...clientSchemas(artefact),
    ...batchSchemas,
    Explanation: shape(
      {
        unit: { enum: ['log-odds', 'probability', 'target', 'log'] },
        base: number,
        reasons: list(ref('Reason')),
        rest: number,
      },
      { description: 'The base, all reasons and the rest add up to the score of the row.' },
    ),
    Reason: shape({
      column: text,
      value: { type: ['number', 'string', 'null'] },
      contribution: number,
      words: text,
    }),
    KeptPrediction: shape(
      {
        id: { type: 'string', format: 'uuid' },
        time: { type: 'string', format: 'date-time' },
        model: text,
        caller: text,
        read: {
          enum: ['features', 'nothing'],
          description: 'Where a client was read, and nothing predicted.',
        },
        row: { type: 'object' },
        ...answered,
        replay: {
          type: 'object',
          properties: { same: { type: ['boolean', 'null'] }, [main]: ref(componentOf(main)), why: text },
          required: ['same'],
          additionalProperties: false,
        },
      },
      { optional: ['caller', 'read', 'row', ...Object.keys(answered)] },
    ),
    Invocation: {
      oneOf: [
        shape(
          {
            dataframe_split: {
              type: 'object',
              properties: { columns: list(text), data: list({ type: 'array' }), index: { type: 'array' } },
              required: ['columns', 'data'],
            },
          },
          open,
        ),
        shape({ dataframe_records: list(ref('Row')) }, open),
        shape({ instances: list(ref('Row')) }, open),
        shape(
          {
            inputs: {
              oneOf: [list(ref('Row')), { type: 'object', additionalProperties: { type: 'array' } }],
            },
          },
          open,
        ),
      ],
    },
    InferenceRequest: shape(
      {
        id: text,
        inputs: list(ref('InputTensor')),
        outputs: list(
          shape({ name: text, parameters: { type: 'object' } }, { optional: ['parameters'], ...open }),
        ),
        parameters: { type: 'object' },
      },
      { optional: ['id', 'outputs', 'parameters'], ...open },
    ),
    InputTensor: shape(
      {
        name: text,
        datatype: text,
        shape: { type: 'array', items: count, minItems: 1, maxItems: 2 },
        data: { type: 'array', description: 'One value a row; in nested or flat form.' },
        parameters: { type: 'object' },
      },
      { optional: ['data', 'parameters'], ...open },
    ),
    Invoked: shape({
      predictions: list(ref(componentOf(main))),
      metadata: shape(
        {
          model: text,
          ids: list({ type: 'string', format: 'uuid' }),
          ...(action && { decisions: list(ref(componentOf(action))) }),
          warnings: list(ref('RowEntry')),
        },
        { optional: ['warnings'] },
      ),
    }),
    Live: shape({ status: { const: 'live' } }),
    Ready: shape({ status: { const: 'ready' }, models: list(ref('ReadyModel')) }),
    ReadyModel: shape({ model: text, goldenRows: count }),
    Health: shape({
      status: { const: 'healthy' },
      models: list(ref('ReadyModel')),
      upSeconds: count,
      memoryBytes: count,
    }),
    Runs: shape({ runs: list(ref('Run')) }),
    Run: shape({
      ...{ id: text, kind: { enum: [...runKinds] }, name: text, who: text, started: text },
      ended: { type: ['string', 'null'] },
      state: { enum: [...runStates] },
      seconds: { type: ['number', 'null'] },
      ...{ input: { type: 'object' }, output: { type: 'object' } },
      error: { type: ['string', 'null'] },
      ...{ program: text, host: text },
    }),
    Metadata: {
      type: 'object',
      required: [
        ...['study', 'version', 'title', 'moment', 'target', 'model', 'policy', 'columns', 'simulated'],
        ...['scores', 'custody', 'card'],
      ],
      properties: {
        ...{ study: text, version: text, title: text, question: text, moment: text, card: text },
        ...{ target: { type: 'object' }, model: { type: 'object' }, policy: { type: 'object' } },
        columns: list({ type: 'object', required: ['name', 'kind', 'known'] }),
        simulated: { type: 'boolean' },
        ...{ scores: { type: 'object' }, custody: { type: 'object' } },
      },
    },
    Prototype: {
      type: 'object',
      required: ['type', 'properties', 'required', 'additionalProperties', 'examples'],
      properties: { examples: list(ref('Row')) },
    },
    ServerMetadata: shape({ name: text, version: text, extensions: list(text) }),
    ModelMetadata: shape({
      name: text,
      versions: list(text),
      platform: text,
      inputs: list(ref('TensorMetadata')),
      outputs: list(ref('TensorMetadata')),
      parameters: { type: 'object' },
    }),
    TensorMetadata: shape({ name: text, datatype: text, shape: list({ type: 'integer' }) }),
    Inference: shape({
      model_name: text,
      model_version: text,
      id: text,
      outputs: list(
        shape(
          {
            name: text,
            datatype: text,
            shape: list(count),
            data: { type: 'array' },
            parameters: { type: 'object' },
          },
          { optional: ['data', 'parameters'] },
        ),
      ),
      parameters: shape(
        {
          prediction_ids: list({ type: 'string', format: 'uuid' }),
          warnings: list(ref('RowEntry')),
        },
        { optional: ['warnings'] },
      ),
    }),
    RowEntry: shape({ row: count, pointer: text, code: text, detail: text }),
    ...sharedSchemas,
  };
}

/** Its schema's name in the document: "probability" is `Probability`. */
function componentOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
