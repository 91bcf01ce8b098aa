/** `POST /predict` for programs and `GET /predict?age=…` for people: rows in, probabilities and decisions out. */
import type { Artefact } from '../src/serving.js';
import { Refusal } from './problems.js';
import { rowFromQuery } from './query-row.js';
import { type BodyLimits, withJson } from './read-body.js';
import { jsonText, type Reply } from './reply.js';
import type { Call, Endpoint } from './router.js';
import type { Prediction, RowHandler, Rows } from './row-handler.js';
import type { PolicyNote } from './served-model.js';

/** The answer to a body that is one row. */
export interface PredictionAnswer extends Prediction {
  readonly policy: PolicyNote;
  /** Study and version of the model. */
  readonly model: string;
}

/** The answer to a body of many rows, in their order. */
export interface PredictionsAnswer {
  readonly predictions: readonly Prediction[];
  readonly policy: PolicyNote;
  readonly model: string;
}

/** `POST /predict`: a row, an array of rows, or `{ "rows": [ … ] }`. */
export function predict(score: RowHandler, limits: BodyLimits): Endpoint {
  return withJson(limits, (call, body, text) => {
    const settings = readSettings(call);
    const many = manyRows(body, call.model.artefact);
    if (many === undefined) return answerOne(call, score(call, { ...oneRow(body, text), ...settings }));
    const predictions = score(call, { ...many, ...settings }).map(formatPrediction);
    return jsonText(`{"predictions":[${predictions.map((it) => `{${it}}`).join()}],${call.model.signature}}`);
  });
}

/** `GET /predict?age=41&…`: one row, its numbers written as text. */
export function predictFromQuery(score: RowHandler): Endpoint {
  return (call) => {
    const row = rowFromQuery(call.model.artefact.schema, new URL(call.request.url).searchParams);
    return answerOne(call, score(call, { ...oneRow(row), ...readSettings(call) }));
  };
}

/** `?strict` and `?explain=5`. Throws a `Refusal` (400) for what they cannot be. */
export function readSettings({ request, model }: Call): Pick<Rows, 'strict' | 'explain'> {
  if (!request.url.includes('?')) return {};
  const query = new URL(request.url).searchParams;
  const isColumn = (name: string): boolean => model.artefact.schema.columns.some((it) => it.name === name);
  const strict = isColumn('strict') ? null : query.get('strict');
  const explain = isColumn('explain') ? null : query.get('explain');
  if (strict !== null && !['', 'true', 'false'].includes(strict)) {
    throw new Refusal(400, '"strict" is true or false.');
  }
  if (explain !== null && !/^\d{0,3}$/.test(explain)) {
    throw new Refusal(400, '"explain" is how many reasons are wanted, such as 5.');
  }
  return {
    ...(strict !== null && strict !== 'false' && { strict: true }),
    ...(explain !== null && { explain: explain === '' ? 5 : Number(explain) }),
  };
}

function answerOne({ model }: Call, [prediction]: readonly Prediction[]): Reply {
  return jsonText(`{${formatPrediction(prediction!)},${model.signature}}`);
}

/** The fields of a prediction as JSON; by hand, for this is what the service does all day. */
function formatPrediction({ id, probability, decision, warnings, explanation }: Prediction): string {
  let text = `"id":"${id}","probability":${probability},"decision":"${decision}"`;
  if (warnings) text += `,"warnings":${JSON.stringify(warnings)}`;
  if (explanation !== undefined) text += `,"explanation":${JSON.stringify(explanation)}`;
  return text;
}

const noPointer = (): string => '';

function oneRow(row: unknown, text?: string): Rows {
  return { rows: [row], text, pointer: noPointer };
}

/** The rows of a body that holds many. A schema may have a column "rows": its rows then come in an array. */
function manyRows(body: unknown, { schema }: Artefact): Rows | undefined {
  if (Array.isArray(body)) return { rows: body, pointer: (row) => `/${row}` };
  if (body === null || typeof body !== 'object' || Object.keys(body).length !== 1) return undefined;
  if (!Object.hasOwn(body, 'rows') || schema.columns.some(({ name }) => name === 'rows')) return undefined;
  const { rows } = body as { rows: unknown };
  return Array.isArray(rows) ? { rows, pointer: (row) => `/rows/${row}` } : undefined;
}
