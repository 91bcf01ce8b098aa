/** The Open Inference Protocol, version 2 over REST: the same model for clients of KServe, Triton and MLServer. */
import { type AnswerField, jsonSchema, listNames, type Schema, type Scorer } from '../src/serving.js';
import type { Form, FormTools } from './answer-question.js';
import { columnRows, isObject } from './mlflow.js';
import { Refusal } from './problems.js';
import { type Prediction, type Question, type Rows, rowWarnings } from './question.js';
import { bodyText, parseJson } from './read-body.js';
import { json, type Reply } from './reply.js';
import type { Endpoint } from './router.js';
import { datatypes, tensorFromBytes, tensorToBytes } from './tensor-bytes.js';

/** `GET /v2`: what serves here. */
export function serverMetadata(version: string): Endpoint {
  return () => json({ name: 'alambique', version, extensions: ['binary_tensor_data'] });
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
  const inference = readInference(question, tools);
  const { predictions } = tools.score(inference.rows);
  return replyOf(inference, predictions, { question, scorer: tools.scorer });
};

/** `POST /v2/models/{model}/explain`: as infer, with the reasons of every row as JSON in a last output. */
export const explain: Form = (question, tools) => {
  const inference = readInference(question, tools, [explanationOutput]);
  const { predictions } = tools.score({ ...inference.rows, explain: 5 });
  return replyOf(inference, predictions, { question, scorer: tools.scorer });
};

/** A tensor that may be asked for. */
interface Output {
  readonly name: string;
  readonly datatype: 'FP64' | 'BYTES';
  /** The values of one row: one, or one for each part of the field. */
  of(prediction: Prediction): readonly unknown[];
  /** How many they are. */
  readonly width: number;
}

function outputOf({ name, datatype, parts }: AnswerField): Output {
  if (parts === undefined) return { name, datatype, of: (one) => [one[name]], width: 1 };
  const of: Output['of'] = (one) => parts.map((part) => (one[name] as Record<string, number>)[part]);
  return { name, datatype, of, width: parts.length };
}

const explanationOutput: Output = {
  name: 'explanation',
  datatype: 'BYTES',
  of: ({ explanation }) => [JSON.stringify(explanation)],
  width: 1,
};

/** A request of the protocol, read. */
interface InferenceRequest {
  readonly id: string | undefined;
  readonly rows: Rows;
  /** Those that were asked for, in their order; all where none were. */
  readonly outputs: readonly (Output & { readonly isBinary: boolean })[];
}

function readInference(
  { body, jsonBytes = body.length }: Question,
  { limits, scorer }: FormTools,
  more: readonly Output[] = [],
): InferenceRequest {
  if (!(jsonBytes >= 0 && jsonBytes <= body.length)) {
    throw new Refusal(400, '"inference-header-content-length" is no number of bytes that the body has.');
  }
  const request = parseJson(bodyText(body.subarray(0, jsonBytes)), limits, { withNan: true });
  const { id, outputs, parameters } = isObject(request) ? request : {};
  const all: readonly Output[] = [...scorer.form.fields.map(outputOf), ...more];
  const isBinary = isObject(parameters) && parameters.binary_data_output === true;
  const wanted =
    outputs === undefined || (Array.isArray(outputs) && outputs.length === 0) ? undefined : outputs;
  return {
    id: typeof id === 'string' && id.length <= 128 ? id : undefined,
    rows: tensorRows(request, body.subarray(jsonBytes), scorer.artefact.schema),
    outputs:
      wanted === undefined
        ? all.map((output) => ({ ...output, isBinary }))
        : chosenOutputs(wanted, all, isBinary),
  };
}

function chosenOutputs(
  wanted: unknown,
  all: readonly Output[],
  isBinary: boolean,
): InferenceRequest['outputs'] {
  if (!Array.isArray(wanted)) throw new Refusal(400, '"outputs" is an array of the outputs that are wanted.');
  const names = wanted.map((one: unknown) => (isObject(one) ? one.name : undefined));
  if (new Set(names).size < names.length)
    throw new Refusal(400, 'An output is wanted twice. Name each once.');
  return wanted.map((one: unknown) => {
    const { name, parameters } = isObject(one) ? one : {};
    const output = all.find((candidate) => candidate.name === name);
    if (output === undefined) {
      const known = listNames(all.map((candidate) => candidate.name));
      throw new Refusal(400, `The model has no output of a name that is wanted. It has ${known}.`);
    }
    const own = isObject(parameters) ? parameters : {};
    if (own.classification !== undefined) throw new Refusal(400, 'Outputs have no "classification" here.');
    return { ...output, isBinary: typeof own.binary_data === 'boolean' ? own.binary_data : isBinary };
  });
}

function replyOf(
  { id, outputs }: InferenceRequest,
  predictions: readonly Prediction[],
  { question, scorer }: { question: Question; scorer: Scorer },
): Reply {
  const parts: Uint8Array[] = [];
  const head = {
    model_name: scorer.artefact.study,
    model_version: scorer.artefact.version,
    id: id ?? question.requestId,
    outputs: outputs.map(({ name, datatype, isBinary, of, width }) => {
      const data = predictions.flatMap(of);
      const about = { name, datatype, shape: [predictions.length, width] };
      if (!isBinary) return { ...about, data };
      const bytes = tensorToBytes(datatype, data);
      parts.push(bytes);
      return { ...about, parameters: { binary_data_size: bytes.length } };
    }),
    parameters: {
      prediction_ids: predictions.map(({ id: prediction }) => prediction),
      warnings: rowWarnings(predictions),
    },
  };
  if (parts.length === 0) return json(head);
  const text = Buffer.from(JSON.stringify(head));
  return {
    headers: {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(text.length),
    },
    body: Buffer.concat([text, ...parts]),
  };
}

/** Rows from `inputs`: one tensor a column, of shape [n] or [n, 1], as JSON or in the bytes after it. Throws a `Refusal`. */
function tensorRows(request: unknown, binary: Uint8Array, schema: Schema): Rows {
  const inputs = isObject(request) ? request.inputs : undefined;
  if (!Array.isArray(inputs))
    throw new Refusal(400, 'The body has "inputs", an array of tensors, one a column.');
  const kinds = new Map(schema.columns.map((column): [string, string] => [column.name, column.type.kind]));
  const columns = new Map<string, unknown[]>();
  let used = 0;
  for (const input of inputs) {
    const { name, datatype, shape, parameters, data } = isObject(input) ? input : {};
    const size = isObject(parameters) ? parameters.binary_data_size : undefined;
    const isBinary = typeof size === 'number';
    if (
      typeof name !== 'string' ||
      typeof datatype !== 'string' ||
      !Array.isArray(shape) ||
      !(isBinary || Array.isArray(data))
    ) {
      throw new Refusal(400, 'Every input has a "name", a "datatype", a "shape" and "data".');
    }
    if (columns.has(name)) throw new Refusal(400, 'Two inputs have the same name.');
    if (!datatypes.includes(datatype))
      throw new Refusal(
        400,
        `An input has a datatype that is not known here; it is ${listNames(datatypes, { last: 'or' })}.`,
      );
    const kind = kinds.get(name);
    if (kind !== undefined && (kind === 'number') === (datatype === 'BYTES' || datatype === 'BOOL')) {
      throw new Refusal(
        400,
        'An input has another datatype than "/v2/models/{model}" says: numbers are FP64, texts BYTES.',
      );
    }
    const values = isBinary
      ? tensorFromBytes(datatype, binary.subarray(used, used + size))
      : (data as unknown[]).flat();
    if (isBinary) used += size;
    if (values === undefined || used > binary.length)
      throw new Refusal(400, 'The bytes of an input are not whole values of its datatype.');
    const [count, width = 1] = shape as unknown[];
    if (shape.length > 2 || width !== 1 || count !== values.length) {
      throw new Refusal(400, 'An input has another shape than [rows, 1], or its data are not of its shape.');
    }
    columns.set(name, values);
  }
  if (used < binary.length)
    throw new Refusal(
      400,
      'The body goes on after the last tensor; no "binary_data_size" counts those bytes.',
    );
  return columnRows(Object.fromEntries(columns), '/inputs');
}

function datatypeOf(schema: Schema, name: string): string {
  const type = schema.columns.find((column) => column.name === name)?.type;
  if (type?.kind !== 'number') return 'BYTES';
  return type.integer ? 'INT64' : 'FP64';
}
