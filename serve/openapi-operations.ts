/** The operations of the service, one after another, for the OpenAPI document and the page made from it. */
import { type Artefact, type JsonObject, runKinds } from '../src/serving.js';
import { openRoutes } from './admission.js';
import { batchOperations } from './batches/batch-api.js';
import { clientOperations } from './clients/client-api.js';
import { exampleRow } from './example-row.js';
import { inPath, media, query, rowParameters } from './openapi-parameters.js';
import { ref } from './openapi-shapes.js';
import type { Operation, Told } from './operation.js';
import { mostRuns } from './runs.js';

/** What the policy has for one list, as a clause. */
function ofPolicy({ policy: { perBatch } }: Artefact): string {
  return perBatch === undefined ? '' : `; the policy has ${perBatch} for one list`;
}

/** All of them, with examples that the model answers. */
export function operationsOf(artefact: Artefact): Operation[] {
  const row = exampleRow(artefact);
  const names = Object.keys(row);
  // A column of the same name is the column.
  const isSetting = ({ name }: JsonObject): boolean =>
    !artefact.schema.columns.some((column) => column.name === name);
  const settings = [
    query(
      'strict',
      { type: 'boolean' },
      'Refuse rows with values that the model never saw, instead of warning.',
    ),
    query(
      'explain',
      { type: 'integer', minimum: 0, maximum: 999 },
      'How many reasons each answer has; bodies of at most 100 rows.',
    ),
  ].filter(isSetting);
  const byTag: Readonly<Record<string, Readonly<Record<string, Told>>>> = {
    Predict: {
      'POST /predict': {
        summary: 'The probability and the decision for a row, an array of rows, or { rows }.',
        everyStudy: true,
        parameters: [
          ...settings,
          query(
            'choose',
            { type: 'integer', minimum: 0 },
            `Act on so many rows of the list, the highest by rank${ofPolicy(artefact)}. Without it each row is decided by the cut-off, as one row always is.`,
          ),
        ].filter(isSetting),
        problems: rowProblems,
        body: {
          ...media(
            { oneOf: [ref('Row'), { type: 'array', items: ref('Row'), maxItems: 10_000 }, ref('Rows')] },
            { one: row, many: [row, row], held: { rows: [row] } },
          ),
          'text/csv': { schema: { type: 'string', minLength: 1 } },
        },
        answer: { oneOf: [ref('Answer'), ref('Answers')] },
        orCsv: true,
      },
      'GET /predict': {
        summary: 'The same for one row, typed into the address; an empty value is a missing one.',
        everyStudy: true,
        parameters: [...rowParameters(artefact, row, { isWhole: true }), ...settings],
        problems: [400, 413, 422, 503],
        answer: ref('Answer'),
        orCsv: true,
      },
      'GET /predictions/{id}': {
        summary: 'A prediction from the audit log, made again with the same model and compared to the bit.',
        everyStudy: true,
        parameters: [inPath('id', { type: 'string', format: 'uuid' })],
        problems: [410],
        answer: ref('KeptPrediction'),
      },
    },
    Clients: clientOperations(artefact),
    Batches: batchOperations(artefact),
    'About the model': {
      'GET /': {
        summary: 'The model on one page for people: a form, its answer and reasons, the model card.',
        everyStudy: true,
        parameters: rowParameters(artefact, {}, { isWhole: false }),
        problems: [400],
        answer: 'text/html',
      },
      'GET /metadata': {
        summary:
          'The model card as data: moment of prediction, columns, scores with intervals, chain of custody.',
        everyStudy: true,
        answer: ref('Metadata'),
      },
      'GET /prototype': {
        summary: 'The JSON Schema of a row, with an example.',
        everyStudy: true,
        answer: ref('Prototype'),
      },
      'GET /openapi.json': {
        summary: 'This document.',
        everyStudy: true,
        answer: { type: 'object', required: ['openapi', 'info', 'paths'] },
      },
      'GET /docs': { summary: 'This document as a page.', everyStudy: true, answer: 'text/html' },
    },
    Operate: {
      'GET /livez': { summary: 'The process answers.', answer: ref('Live') },
      'GET /readyz': {
        summary: 'Every model answers its golden rows to the bit, and the service is not ending.',
        problems: [503],
        answer: ref('Ready'),
      },
      'GET /healthz': {
        summary: 'As /readyz, with memory and time since the start.',
        problems: [503],
        answer: ref('Health'),
      },
      'GET /metrics': { summary: 'Counters and timings for Prometheus.', answer: 'text/plain' },
      'GET /runs': {
        summary: 'What was done: trainings, copies, batches, jobs, promotions; the newest first.',
        parameters: [
          query('kind', { type: 'string', enum: [...runKinds] }, 'Of this kind.'),
          query('name', { type: 'string' }, 'Of this study, copy or job.'),
          query('id', { type: 'string' }, 'The run of this id.'),
          query('most', { type: 'integer', minimum: 1, maximum: mostRuns }, 'At most so many; 50 else.'),
        ],
        problems: [400, 503],
        answer: ref('Runs'),
        orPage: true,
      },
    },
    'As MLflow': {
      'POST /invocations': {
        summary: 'Rows as MLflow’s clients send them; answers with probabilities.',
        everyStudy: true,
        problems: rowProblems,
        body: {
          ...media(ref('Invocation'), {
            split: { dataframe_split: { columns: names, data: [Object.values(row)] } },
            records: { dataframe_records: [row] },
            instances: { instances: [row] },
            inputs: { inputs: Object.fromEntries(names.map((name) => [name, [row[name]]])) },
          }),
          'text/csv': { schema: { type: 'string', minLength: 1 } },
        },
        answer: ref('Invoked'),
      },
      'GET /version': { summary: 'The version of the service.', answer: 'text/plain' },
      'GET /ping': { summary: 'As /readyz.', problems: [503], answer: ref('Ready') },
    },
    'Open Inference Protocol': {
      'GET /v2': { summary: 'What serves here.', answer: ref('ServerMetadata') },
      'GET /v2/health/live': { summary: 'As /livez.', answer: ref('Live') },
      'GET /v2/health/ready': { summary: 'As /readyz.', problems: [503], answer: ref('Ready') },
      ...ofModels(artefact, row),
    },
  };
  return Object.entries(byTag).flatMap(([tag, told]) =>
    Object.entries(told).flatMap(([call, { answer, orCsv, orPage, everyStudy, ...operation }]) => {
      const [verb, path] = call.split(' ') as ['GET' | 'POST' | 'DELETE', string];
      const first: Operation = {
        ...operation,
        method: verb.toLowerCase() as Operation['method'],
        path,
        tag,
        open: openRoutes.has(path),
        answer: {
          ...contentOf(answer),
          ...(orCsv && contentOf('text/csv')),
          ...(orPage && contentOf('text/html')),
        },
      };
      return [first, ...(everyStudy ? [atStudy(first, artefact)] : [])];
    }),
  );
}

function contentOf(answer: Told['answer']): JsonObject {
  const isText = typeof answer === 'string' || Array.isArray(answer);
  if (!isText) return { 'application/json': { schema: answer as JsonObject } };
  return Object.fromEntries([answer].flat().map((type) => [type, { schema: { type: 'string' } }]));
}

const rowProblems = [400, 413, 415, 422, 503];

/** The same for any study that is served, by its name. */
function atStudy(operation: Operation, { study }: Artefact): Operation {
  const { path, parameters = [] } = operation;
  return {
    ...operation,
    path: `/studies/{study}${path === '/' ? '' : path}`,
    summary: `As ${path}, for a study by its name.`,
    parameters: [inPath('study', { type: 'string' }, study), ...parameters],
    aliasOf: path,
  };
}

/** What the Open Inference Protocol asks of a model: of the version that is served, or of a version by its name. */
function ofModels({ study, version, schema }: Artefact, row: JsonObject): Record<string, Told> {
  const inputs = Object.entries(row).map(([name, value]) => {
    const isNumber = schema.columns.find((column) => column.name === name)?.type.kind === 'number';
    return { name, datatype: isNumber ? 'FP64' : 'BYTES', shape: [1, 1], data: [value] };
  });
  const asked: Pick<Told, 'problems' | 'body' | 'answer'> = {
    problems: rowProblems,
    body: {
      ...media(ref('InferenceRequest'), { one: { inputs } }),
      'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
    },
    answer: ref('Inference'),
  };
  const model = inPath('model', { type: 'string' }, study);
  const places = [
    { path: '/v2/models/{model}', parameters: [model], of: '' },
    {
      path: '/v2/models/{model}/versions/{version}',
      parameters: [model, inPath('version', { type: 'string' }, version)],
      of: ' Of this version alone.',
    },
  ];
  return Object.fromEntries(
    places.flatMap(({ path, parameters, of }): [string, Told][] => [
      [
        `GET ${path}`,
        {
          summary: `The model’s inputs, one tensor a column, and outputs.${of}`,
          parameters,
          answer: ref('ModelMetadata'),
        },
      ],
      [
        `GET ${path}/ready`,
        { summary: `As /readyz.${of}`, parameters, problems: [503], answer: ref('Ready') },
      ],
      [
        `POST ${path}/infer`,
        { ...asked, summary: `Probabilities and decisions as tensors.${of}`, parameters },
      ],
      [
        `POST ${path}/explain`,
        { ...asked, summary: `The same, with the reasons of each row as JSON.${of}`, parameters },
      ],
    ]),
  );
}
