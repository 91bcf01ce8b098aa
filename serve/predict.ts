/** `POST /predict` for programs and `GET /predict?age=…` for people: rows in, probabilities and decisions out. */
import type { Artefact } from '../src/index.js';
import { newId } from './ids.js';
import { type ProblemEntry, problemEntries, Refusal, refused } from './problems.js';
import { rowFromQuery } from './query-row.js';
import { type BodyLimits, readJson } from './read-body.js';
import { json, type Reply } from './reply.js';
import type { Call, Endpoint } from './router.js';
import type { Answer } from './served-model.js';

/** One row's answer, as clients get it. */
export interface Prediction {
  /** Names this prediction in the audit log. */
  readonly id: string;
  /** The probability of yes, in [0, 1]. */
  readonly probability: number;
  /** What the policy says: act on this row, or leave it. */
  readonly decision: 'act' | 'leave';
  /** What is unusual about the row; absent where nothing is. */
  readonly warnings?: readonly ProblemEntry[];
}

/** The policy that decided. */
export interface PolicyNote {
  readonly name: string;
  /** The word for acting: "call". */
  readonly verb: string;
  /** Rows of at least this probability are acted on. */
  readonly cutoff: number;
}

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

export interface PredictOptions {
  readonly limits: BodyLimits;
  readonly now: () => Date;
}

/** The rows of a body, and where each stands in it. */
interface Rows {
  readonly rows: readonly unknown[];
  readonly single: boolean;
  readonly pointer: (row: number) => string;
}

/** `POST /predict`: a row, an array of rows, or `{ "rows": [ … ] }`. */
export function predict({ limits, now }: PredictOptions): Endpoint {
  return async (call) => {
    const body = rowsOf(await readJson(call.c, limits), call.model.artefact);
    if (body.rows.length > limits.rows) {
      const advice = 'Send fewer at a time, or score files with "alambique predict".';
      throw new Refusal(413, `The body has more than ${limits.rows} rows. ${advice}`);
    }
    return answerRows(call, body, now);
  };
}

/** `GET /predict?age=41&…`: one row, its numbers written as text. */
export function predictFromQuery({ now }: PredictOptions): Endpoint {
  return (call) => {
    const row = rowFromQuery(call.model.artefact.schema, new URL(call.c.req.url).searchParams);
    return answerRows(call, { rows: [row], single: true, pointer: () => '' }, now);
  };
}

/** The policy of an artefact, in short. */
export function policyNote({ policy }: Artefact): PolicyNote {
  const { verb } = policy.policy.params;
  return { name: policy.policy.name, verb: typeof verb === 'string' ? verb : 'act', cutoff: policy.cutoff };
}

function answerRows(call: Call, { rows, single, pointer }: Rows, now: () => Date): Reply {
  const { model } = call;
  const strict = flag(call, 'strict');
  const verdict = model.ask(rows, { pointer, strict });
  if ('issues' in verdict) return refused(problemEntries(verdict.issues), verdict.total);
  const time = now().getTime();
  const predictions = verdict.answers.map((answer) => prediction(answer, newId(time)));
  const note = { policy: policyNote(model.artefact), model: model.reference };
  return json(single ? { ...predictions[0]!, ...note } : { predictions, ...note });
}

function prediction({ probability, decision, warnings }: Answer, id: string): Prediction {
  if (warnings.length === 0) return { id, probability, decision };
  return { id, probability, decision, warnings: problemEntries(warnings) };
}

/** A body of rows under "rows", unless the schema has a column of that name. */
function rowsOf(body: unknown, { schema }: Artefact): Rows {
  if (Array.isArray(body)) return { rows: body, single: false, pointer: (row) => `/${row}` };
  const held = body !== null && typeof body === 'object' && Object.keys(body).length === 1;
  if (held && Object.hasOwn(body, 'rows') && !schema.columns.some(({ name }) => name === 'rows')) {
    const { rows } = body as { rows: unknown };
    if (Array.isArray(rows)) return { rows, single: false, pointer: (row) => `/rows/${row}` };
  }
  return { rows: [body], single: true, pointer: () => '' };
}

/** A switch of the query: `?strict` or `?strict=true`. Throws a `Refusal` for anything else. */
function flag({ c }: Call, name: string): boolean {
  if (!c.req.url.includes('?')) return false;
  const value = new URL(c.req.url).searchParams.get(name);
  if (value === null || value === 'false') return false;
  if (value === '' || value === 'true') return true;
  throw new Refusal(400, `"${name}" is true or false.`);
}
