/** The Open Inference Protocol, version 2 over REST: the same model for clients of KServe, Triton and MLServer. */
import { jsonSchema, type Schema, type Scorer } from '../src/serving.js';
import type { Form } from './answer-question.js';
import { columnRows, isObject } from './mlflow.js';
import { Refusal } from './problems.js';
import { type Prediction, type Question, type Rows, type RowWarning, rowWarnings } from './question.js';
import { bodyText, parseJson } from './read-body.js';
import { json } from './reply.js';
import type { Endpoint } from './router.js';

/** `GET /v2`: what serves here. */
export function serverMetadata(version: string): Endpoint {
  return () => json({ name: 'alambique', version, extensions: [] });
}

/** `GET /v2/models/{model}`: its inputs, one tensor a column, and its outputs. */
export const modelMetadata: Endpoint = ({ model: { artefact, form } }) =>
  json({
    name: artefact.study,
    versions: [artefact.version],
    platform: 'alambique',
    inputs: artefact.schema.columns
      .filter(({ known }) => known === 'before')
      .map(({ name }) => ({ name, datatype: datatypeOf(artefact.schema, name), shape: [-1, 1] })),
    outputs: form.fields.map(({ name, datatype, parts = [name] }) => ({
      name,
      datatype,
      shape: [-1, parts.length],
    })),
    parameters: { content_type: 'pd', schema: jsonSchema(artefact.schema) },
  });

/** `POST /v2/models/{model}/infer`. */
export const infer: Form = (question, tools) => {
  const body = parseJson(bodyText(question.body), tools.limits);
  const { predictions } = tools.score(tensorRows(body, tools.scorer.artefact.schema));
  return json(response(body, predictions, { question, scorer: tools.scorer }));
};

/** `POST /v2/models/{model}/explain`: as infer, with the reasons of every row as JSON in a last output. */
export const explain: Form = (question, tools) => {
  const body = parseJson(bodyText(question.body), tools.limits);
  const rows = tensorRows(body, tools.scorer.artefact.schema);
  const { predictions } = tools.score({ ...rows, explain: 5 });
  const answer = response(body, predictions, { question, scorer: tools.scorer });
  const data = predictions.map(({ explanation }) => JSON.stringify(explanation));
  return json({ ...answer, outputs: [...answer.outputs, tensor('explanation', 'BYTES', data)] });
};

function response(
  body: unknown,
  predictions: readonly Prediction[],
  { question, scorer }: { question: Question; scorer: Scorer },
): Inference {
  const { artefact, form } = scorer;
  const id =
    isObject(body) && typeof body.id === 'string' && body.id.length <= 128 ? body.id : question.requestId;
  return {
    model_name: artefact.study,
    model_version: artefact.version,
    id,
    outputs: form.fields.map(({ name, datatype, parts }) => {
      const values = predictions.map((prediction) => prediction[name]);
      if (parts === undefined) return tensor(name, datatype, values);
      const flat = (values as Record<string, number>[]).flatMap((value) => parts.map((part) => value[part]));
      return { ...tensor(name, datatype, flat), shape: [values.length, parts.length] };
    }),
    parameters: {
      prediction_ids: predictions.map(({ id: prediction }) => prediction),
      warnings: rowWarnings(predictions),
    },
  };
}

interface Tensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data: readonly unknown[];
}

interface Inference {
  readonly model_name: string;
  readonly model_version: string;
  readonly id: string;
  readonly outputs: readonly Tensor[];
  readonly parameters: {
    readonly prediction_ids: readonly string[];
    readonly warnings: readonly RowWarning[] | undefined;
  };
}

function tensor(name: string, datatype: string, data: readonly unknown[]): Tensor {
  return { name, datatype, shape: [data.length, 1], data };
}

/** Rows from `inputs`: one tensor a column, of shape [n] or [n, 1]. Throws a `Refusal`. */
function tensorRows(body: unknown, schema: Schema): Rows {
  const inputs = isObject(body) ? body.inputs : undefined;
  if (!Array.isArray(inputs))
    throw new Refusal(400, 'The body has "inputs", an array of tensors, one a column.');
  const columns = new Map<string, unknown[]>();
  for (const input of inputs) {
    const { name, datatype, shape, data } = isObject(input) ? input : {};
    if (typeof name !== 'string' || !Array.isArray(shape) || !Array.isArray(data)) {
      throw new Refusal(400, 'Every input has a "name", a "datatype", a "shape" and "data".');
    }
    if (columns.has(name)) throw new Refusal(400, 'Two inputs have the same name.');
    const fits = schema.columns.find((column) => column.name === name)?.type.kind === 'number';
    if (fits !== undefined && fits === (datatype === 'BYTES' || datatype === 'BOOL')) {
      throw new Refusal(
        400,
        'An input has another datatype than "/v2/models/{model}" says: numbers are FP64, texts BYTES.',
      );
    }
    const [count, width = 1] = shape as unknown[];
    const flat = data.flat();
    if (shape.length > 2 || width !== 1 || count !== flat.length) {
      throw new Refusal(400, 'An input has another shape than [rows, 1], or its data are not of its shape.');
    }
    columns.set(name, flat);
  }
  return columnRows(Object.fromEntries(columns), '/inputs');
}

function datatypeOf(schema: Schema, name: string): string {
  const type = schema.columns.find((column) => column.name === name)?.type;
  if (type?.kind !== 'number') return 'BYTES';
  return type.integer ? 'INT64' : 'FP64';
}
