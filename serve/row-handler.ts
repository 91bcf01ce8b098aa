/** Where every row is answered, whatever the route: the question is made, answered, counted and kept. */
import { Problem } from '../src/serving.js';
import { answerQuestion, type Form, noEffects } from './answer-question.js';
import type { AuditLog } from './audit-log.js';
import { type FormName, forms } from './forms.js';
import { Refusal } from './problems.js';
import type { Effects, Question } from './question.js';
import { acceptedType, type BodyLimits, bodyText, parseJson, readBody } from './read-body.js';
import type { Reply } from './reply.js';
import type { Call, Endpoint } from './router.js';
import type { ScoringThread } from './scoring-thread.js';
import type { ServiceMetrics } from './service-metrics.js';

export interface RowHandlerOptions {
  readonly now: () => Date;
  readonly limits: BodyLimits;
  readonly metrics: ServiceMetrics;
  readonly auditLog?: AuditLog;
  /** Answers bodies that are too large for one row. */
  readonly thread?: ScoringThread;
}

/** Makes endpoints of forms. */
export interface RowHandler {
  /** For rows in a body of one of these media types; with `mayLack` a body that has none is of the first. */
  ofBody(form: FormName, mediaTypes: readonly string[], options?: { mayLack?: boolean }): Endpoint;
  /** For a JSON body that holds something else than rows. */
  ofJson(answer: (call: Call, value: unknown) => Reply | Promise<Reply>): Endpoint;
  /** Answers rows that the form has from elsewhere than the request. */
  ofForm(form: Form, call: Call): Reply;
  /** Has the log keep these. Throws a `Refusal` (503) where nothing can be kept. */
  record(study: string, records: Effects['predictions']): void;
  /** For a row in the address. */
  ofQuery(form: FormName): Endpoint;
}

const noBytes = new Uint8Array();

/** Nothing is predicted while nothing can be kept. */
function stopped(why: string): Refusal {
  return new Refusal(503, why, { headers: { 'retry-after': '5' } });
}

export function createRowHandler(options: RowHandlerOptions): RowHandler {
  const { now, limits, metrics, auditLog, thread } = options;

  const refuseStopped = (): void => {
    const why = auditLog?.stopped();
    if (why !== undefined) throw stopped(why);
  };

  /** The question of a request without a body. */
  const questionOf = ({ request, requestId }: Call): Question => {
    const { query, caller } = request;
    const accept = request.header('accept');
    return { body: noBytes, mediaType: '', query, requestId, caller, accept, time: now().getTime() };
  };

  const handle = (
    form: FormName,
    call: Call,
    { body, mediaType }: Pick<Question, 'body' | 'mediaType'>,
  ): Reply | Promise<Reply> => {
    const { request, model } = call;
    // HEAD asks what GET would answer, without asking it.
    const isReplay = request.replay !== undefined || request.method === 'HEAD';
    if (!isReplay) refuseStopped();
    const length = request.header('inference-header-content-length');
    const question: Question = {
      ...questionOf(call),
      ...{ body, mediaType },
      ...(length !== undefined && { jsonBytes: /^\d{1,9}$/.test(length) ? Number(length) : Number.NaN }),
    };
    if (thread && body.length > limits.rowBytes && !isReplay)
      return handleMany(thread, form, { call, question });
    const { reply, effects } = answerQuestion(forms[form], question, { scorer: model, limits });
    if (!isReplay) keep(effects, call);
    return reply;
  };

  /** As `handle`, in the thread. */
  const handleMany = async (
    thread: ScoringThread,
    form: FormName,
    { call, question }: { call: Call; question: Question },
  ): Promise<Reply> => {
    const { model } = call;
    const onPredictions = (predictions: Effects['predictions']): void =>
      keep({ ...noEffects, predictions }, call);
    const asked = { form, question, reference: model.reference, limits, onPredictions };
    const answered = await thread.answer(asked);
    const { reply, effects } =
      'body' in answered
        ? answerQuestion(forms[form], { ...question, ...answered }, { scorer: model, limits })
        : answered;
    keep(effects, call);
    return reply;
  };

  /** Counts what happened, and has the log keep it. */
  const keep = ({ refused, predictions, warnings }: Effects, { model }: Call): void => {
    const { artefact, form } = model;
    const { study } = artefact;
    if (refused) metrics.refusedRows.add(1, study);
    const actions = new Map<string, number>();
    for (const prediction of predictions) {
      const action = form.action === undefined ? 'predicted' : String(prediction[form.action]);
      actions.set(action, (actions.get(action) ?? 0) + 1);
    }
    for (const [action, rows] of actions) metrics.predictions.add(rows, study, action);
    for (const { code, column, rows } of warnings) metrics.warnings.add(rows, study, code, column);
    if (predictions.length > 0) append(study, predictions);
  };

  const append = (study: string, predictions: Effects['predictions']): void => {
    try {
      auditLog?.append(study, predictions);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw stopped(error.message);
    }
  };

  const withBody = (call: Call, answer: (body: Buffer) => Reply | Promise<Reply>): Reply | Promise<Reply> => {
    const bytes = readBody(call.request, limits.bodyBytes);
    return bytes instanceof Promise ? bytes.then(answer) : answer(bytes);
  };

  return {
    ofBody: (form, mediaTypes, options) => (call) => {
      const mediaType = acceptedType(call.request, mediaTypes, options);
      return withBody(call, (body) => handle(form, call, { body, mediaType }));
    },
    ofJson: (answer) => (call) => {
      acceptedType(call.request, ['application/json']);
      return withBody(call, (body) => answer(call, parseJson(bodyText(body), limits)));
    },
    record(study, records) {
      refuseStopped();
      append(study, records);
    },
    ofForm(form, call) {
      refuseStopped();
      const { reply, effects } = answerQuestion(form, questionOf(call), { scorer: call.model, limits });
      keep(effects, call);
      return reply;
    },
    ofQuery: (form) => (call) => handle(form, call, { body: noBytes, mediaType: '' }),
  };
}
