/** `POST /predict` for programs and `GET /predict?age=…` for people: rows in, predictions and decisions out. */
import { didYouMean, listNames, type PolicyNote, type Scorer } from '../src/serving.js';
import type { Form } from './answer-question.js';
import { acceptsCsv, csvAnswer } from './csv-answer.js';
import { csvRows } from './csv-rows.js';
import { Refusal } from './problems.js';
import { rowFromQuery, switches } from './query-row.js';
import type { Prediction, Predictions, Rows } from './question.js';
import { bodyText, parseJson } from './read-body.js';
import { jsonText, type Reply } from './reply.js';

/** The answer to a body that is one row. */
export type PredictionAnswer = Prediction & Signature;

/** The answer to a body of many rows, in their order. */
export interface PredictionsAnswer extends Signature {
  readonly predictions: readonly Prediction[];
}

interface Signature {
  readonly policy: PolicyNote;
  /** Study and version of the model. */
  readonly model: string;
}

/** `POST /predict`: a row, an array of rows, or `{ "rows": [ … ] }`; or CSV with a header. Answered as JSON, or as CSV where that is accepted. */
export const predict: Form = ({ body, mediaType, query, accept }, { scorer, limits, score }) => {
  const text = bodyText(body);
  const isCsv = mediaType === 'text/csv';
  const value = isCsv ? undefined : parseJson(text, limits);
  const settings = readSettings(scorer, query);
  checkNames(query);
  const many = isCsv ? csvRows(scorer.artefact.schema, text) : manyRows(value, scorer);
  if (acceptsCsv(accept)) {
    const rows = many ?? oneRow(value, text);
    return csvAnswer(rows, score({ ...rows, ...withoutReasons(settings) }), scorer);
  }
  if (many === undefined && settings.choose !== undefined) {
    throw new Refusal(
      400,
      '"choose" ranks the rows of a list: send them as an array. One row is decided by the cut-off.',
    );
  }
  if (many === undefined) return answerOne(score({ ...oneRow(value, text), ...settings }), scorer);
  const { predictions, policy } = score({ ...many, ...settings });
  const list = predictions.map((prediction) => JSON.stringify(prediction)).join();
  return jsonText(`{"predictions":[${list}],${signature(policy, scorer)}}`);
};

/** `GET /predict?age=41&…`: one row, its numbers written as text. */
export const predictFromQuery: Form = ({ query, accept }, { scorer, score }) => {
  const row = oneRow(rowFromQuery(scorer.artefact.schema, new URLSearchParams(query)));
  const settings = readSettings(scorer, query);
  if (!acceptsCsv(accept)) return answerOne(score({ ...row, ...settings }), scorer);
  return csvAnswer(row, score({ ...row, ...withoutReasons(settings) }), scorer);
};

/** `?strict`, `?explain=5` and `?choose=200`. Throws a `Refusal` (400) for what they cannot be. */
function readSettings({ artefact }: Scorer, query: string): Pick<Rows, 'strict' | 'explain' | 'choose'> {
  if (query === '') return {};
  const given = new URLSearchParams(query);
  const isColumn = (name: string): boolean => artefact.schema.columns.some((it) => it.name === name);
  const setting = (name: string): string | null => (isColumn(name) ? null : given.get(name));
  const [strict, explain, choose] = [setting('strict'), setting('explain'), setting('choose')];
  if (strict !== null && !['', 'true', 'false'].includes(strict)) {
    throw new Refusal(400, '"strict" is true or false.');
  }
  if (explain !== null && !/^\d{0,3}$/.test(explain)) {
    throw new Refusal(400, '"explain" is how many reasons are wanted, such as 5.');
  }
  if (choose !== null && !/^\d{1,9}$/.test(choose)) {
    throw new Refusal(400, '"choose" is how many of the rows to act on, such as 200.');
  }
  return {
    ...(strict !== null && strict !== 'false' && { strict: true }),
    ...(explain !== null && { explain: explain === '' ? 5 : Number(explain) }),
    ...(choose !== null && { choose: Number(choose) }),
  };
}

/** Throws a `Refusal` (400) where reasons are wanted, which have no place in a CSV file. */
function withoutReasons<T extends Pick<Rows, 'explain'>>(settings: T): T {
  if (settings.explain === undefined) return settings;
  throw new Refusal(400, 'Reasons have no place in CSV; accept JSON for "explain".');
}

/** Refuses what is no setting, which would otherwise be passed over without a word. Throws a `Refusal` (400). */
function checkNames(query: string): void {
  if (query === '') return;
  const names = [...new URLSearchParams(query).keys()];
  const wrong = names.find((name) => !switches.includes(name));
  if (wrong !== undefined) {
    const known = listNames(switches);
    const hint = didYouMean(wrong, switches);
    throw new Refusal(
      400,
      `The address has a setting that there is not; it takes ${known}.${hint ? ` ${hint}` : ''}`,
    );
  }
  if (new Set(names).size < names.length) throw new Refusal(400, 'A setting comes twice in the address.');
}

function answerOne({ predictions, policy }: Predictions, scorer: Scorer): Reply {
  const fields = JSON.stringify(predictions[0]);
  return jsonText(`${fields.slice(0, -1)},${signature(policy, scorer)}}`);
}

/** The signature of each model that decides rows one by one, written once. */
const signatures = new WeakMap<PolicyNote, string>();

/** The fields with which every answer ends. */
export function signature(policy: PolicyNote, { reference, policy: usual }: Scorer): string {
  let text = signatures.get(policy);
  if (text === undefined) {
    text = JSON.stringify({ policy, model: reference }).slice(1, -1);
    if (policy === usual) signatures.set(policy, text);
  }
  return text;
}

const noPointer = (): string => '';

function oneRow(row: unknown, text?: string): Rows {
  return { rows: [row], text, pointer: noPointer };
}

/** The rows of a body that holds many. A schema may have a column "rows": its rows then come in an array. */
function manyRows(body: unknown, { artefact: { schema } }: Scorer): Rows | undefined {
  if (Array.isArray(body)) return { rows: body, pointer: (row) => `/${row}` };
  if (body === null || typeof body !== 'object' || Object.keys(body).length !== 1) return undefined;
  if (!Object.hasOwn(body, 'rows') || schema.columns.some(({ name }) => name === 'rows')) return undefined;
  const { rows } = body as { rows: unknown };
  return Array.isArray(rows) ? { rows, pointer: (row) => `/rows/${row}` } : undefined;
}
