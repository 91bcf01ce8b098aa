/** The operations of the service, one after another, for the OpenAPI document and the page made from it. */
import { type Artefact, type Json, type JsonObject, jsonSchema } from '../src/serving.js';
import { ref } from './openapi-schemas.js';
import { exampleRow } from './served-model.js';

/** One operation, as the document and the page of `/docs` tell it. */
export interface Operation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly parameters?: readonly JsonObject[];
  readonly body?: JsonObject;
  /** Schema of the 200, or a media type that is not JSON. */
  readonly answer: JsonObject | string;
  /** Statuses that may come instead, beside 429, 500 and 503. */
  readonly problems?: readonly number[];
  /** True where no key is asked for. */
  readonly open?: boolean;
}

/** All of them, with examples that the model answers. */
export function operationsOf(artefact: Artefact): Operation[] {
  const { study } = artefact;
  const row = exampleRow(artefact);
  const properties = (jsonSchema(artefact.schema).properties ?? {}) as JsonObject;
  const names = Object.keys(row);
  const settings = [
    query(
      'strict',
      { type: 'boolean' },
      'Refuse rows with values that the model never saw, instead of warning.',
    ),
    query(
      'explain',
      { type: 'integer', minimum: 0, maximum: 999 },
      'How many reasons each answer shall have.',
    ),
  ];
  const rowErrors = [400, 413, 415, 422];
  const split = { columns: names, data: [Object.values(row)] };
  return [
    {
      method: 'post',
      path: '/predict',
      tag: 'Predict',
      parameters: settings,
      problems: rowErrors,
      summary: 'The probability and the decision for a row, an array of rows, or { rows }.',
      body: media(
        { oneOf: [ref('Row'), { type: 'array', items: ref('Row'), maxItems: 10_000 }, ref('Rows')] },
        { one: row, many: [row, row], held: { rows: [row] } },
      ),
      answer: { oneOf: [ref('Answer'), ref('Answers')] },
    },
    {
      method: 'get',
      path: '/predict',
      tag: 'Predict',
      problems: [400, 422],
      summary: 'The same for one row, typed into the address; an empty value is a missing one.',
      parameters: [
        ...names.map((name) => query(name, properties[name] as JsonObject, undefined, row[name])),
        ...settings,
      ],
      answer: ref('Answer'),
    },
    {
      method: 'get',
      path: '/predictions/{id}',
      tag: 'Predict',
      problems: [404],
      summary: 'A prediction from the audit log, made again with the same model and compared to the bit.',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      answer: { type: 'object' },
    },
    {
      method: 'get',
      path: '/metadata',
      tag: 'About the model',
      answer: { type: 'object' },
      summary:
        'The model card as data: moment of prediction, columns, scores with intervals, chain of custody.',
    },
    {
      method: 'get',
      path: '/prototype',
      tag: 'About the model',
      answer: { type: 'object' },
      summary: 'The JSON Schema of a row, with an example.',
    },
    {
      method: 'get',
      path: '/livez',
      tag: 'Operate',
      open: true,
      answer: { type: 'object' },
      summary: 'The process answers.',
    },
    {
      method: 'get',
      path: '/readyz',
      tag: 'Operate',
      open: true,
      problems: [503],
      answer: { type: 'object' },
      summary: 'Every model answers its golden rows to the bit, and the service is not ending.',
    },
    {
      method: 'get',
      path: '/healthz',
      tag: 'Operate',
      problems: [503],
      answer: { type: 'object' },
      summary: 'As /readyz, with memory and time since the start.',
    },
    {
      method: 'get',
      path: '/metrics',
      tag: 'Operate',
      answer: 'text/plain',
      summary: 'Counters and timings for Prometheus.',
    },
    {
      method: 'post',
      path: '/invocations',
      tag: 'As MLflow',
      problems: rowErrors,
      summary: 'Rows as MLflow’s clients send them; answers with probabilities.',
      body: {
        ...media(
          { type: 'object' },
          {
            split: { dataframe_split: split },
            records: { dataframe_records: [row] },
            instances: { instances: [row] },
            inputs: { inputs: Object.fromEntries(names.map((name) => [name, [row[name]]])) },
          },
        ),
        'text/csv': { schema: { type: 'string' } },
      } as JsonObject,
      answer: {
        type: 'object',
        required: ['predictions'],
        properties: { predictions: { type: 'array', items: ref('Probability') } },
      },
    },
    {
      method: 'get',
      path: '/ping',
      tag: 'As MLflow',
      open: true,
      problems: [503],
      answer: { type: 'object' },
      summary: 'As /readyz.',
    },
    {
      method: 'get',
      path: '/v2',
      tag: 'Open Inference Protocol',
      answer: { type: 'object' },
      summary: 'What serves here.',
    },
    {
      method: 'get',
      path: '/v2/health/live',
      tag: 'Open Inference Protocol',
      open: true,
      answer: { type: 'object' },
      summary: 'As /livez.',
    },
    {
      method: 'get',
      path: '/v2/health/ready',
      tag: 'Open Inference Protocol',
      open: true,
      problems: [503],
      answer: { type: 'object' },
      summary: 'As /readyz.',
    },
    {
      method: 'get',
      path: `/v2/models/${study}`,
      tag: 'Open Inference Protocol',
      answer: { type: 'object' },
      summary: 'The model’s inputs, one tensor a column, and outputs.',
    },
    ...(['infer', 'explain'] as const).map(
      (verb): Operation => ({
        method: 'post',
        path: `/v2/models/${study}/${verb}`,
        tag: 'Open Inference Protocol',
        problems: rowErrors,
        summary:
          verb === 'infer'
            ? 'Probabilities and decisions as tensors.'
            : 'The same, with the reasons of each row as JSON.',
        body: media(
          { type: 'object', required: ['inputs'] },
          {
            one: {
              inputs: names.map((name) => {
                const isNumber =
                  artefact.schema.columns.find((column) => column.name === name)?.type.kind === 'number';
                return { name, datatype: isNumber ? 'FP64' : 'BYTES', shape: [1, 1], data: [row[name]] };
              }),
            },
          },
        ),
        answer: { type: 'object' },
      }),
    ),
  ];
}

function query(name: string, schema: JsonObject, description?: string, example?: Json): JsonObject {
  return {
    name,
    in: 'query',
    schema,
    ...(description && { description }),
    ...(example !== undefined && example !== null && { example }),
  } as JsonObject;
}

function media(schema: JsonObject, examples: Readonly<Record<string, unknown>>): JsonObject {
  const named = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  return { 'application/json': { schema, examples: named } } as JsonObject;
}
