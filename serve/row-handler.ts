/** Where every row is answered, whatever the route: the question is made, answered, counted and kept. */
import { answerQuestion, type Form } from './answer-question.js';
import type { AuditLog } from './audit-log.js';
import { Refusal } from './problems.js';
import type { Effects, Question } from './question.js';
import { acceptedType, type BodyLimits, readBody } from './read-body.js';
import type { Reply } from './reply.js';
import type { Call, Endpoint } from './router.js';
import type { ServiceMetrics } from './service-metrics.js';

export interface RowHandlerOptions {
  readonly now: () => Date;
  readonly limits: BodyLimits;
  readonly metrics: ServiceMetrics;
  readonly auditLog?: AuditLog;
}

/** Makes endpoints of forms. */
export interface RowHandler {
  /** For rows in a body of one of these media types. */
  ofBody(form: Form, mediaTypes: readonly string[]): Endpoint;
  /** For a row in the address. */
  ofQuery(form: Form): Endpoint;
}

const noBytes = new Uint8Array();

export function createRowHandler({ now, limits, metrics, auditLog }: RowHandlerOptions): RowHandler {
  const handle = (form: Form, call: Call, body: Uint8Array, mediaType: string): Reply => {
    const { request, requestId, model } = call;
    const isReplay = request.replay !== undefined;
    const stopped = isReplay ? undefined : auditLog?.stopped();
    if (stopped !== undefined) throw new Refusal(503, stopped, { headers: { 'retry-after': '5' } });
    const { query } = request;
    const question: Question = { body, mediaType, query, requestId, time: now().getTime() };
    const { reply, effects } = answerQuestion(form, question, { scorer: model, limits });
    if (!isReplay) apply(effects, call);
    return reply;
  };

  const apply = ({ refused, predictions, warnings }: Effects, { model }: Call): void => {
    const { artefact, form } = model;
    const { study } = artefact;
    if (refused) metrics.refusedRows.add(1, study);
    if (predictions.length === 0) return;
    const actions = new Map<string, number>();
    for (const prediction of predictions) {
      const action = prediction[form.action];
      actions.set(action, (actions.get(action) ?? 0) + 1);
    }
    for (const [action, rows] of actions) metrics.predictions.add(rows, study, action);
    for (const { code, column, rows } of warnings) metrics.warnings.add(rows, study, code, column);
    auditLog?.append(study, predictions);
  };

  return {
    ofBody: (form, mediaTypes) => (call) => {
      const mediaType = acceptedType(call.request, mediaTypes);
      const bytes = readBody(call.request, limits.bodyBytes);
      if (bytes instanceof Promise) return bytes.then((read) => handle(form, call, read, mediaType));
      return handle(form, call, bytes, mediaType);
    },
    ofQuery: (form) => (call) => handle(form, call, noBytes, ''),
  };
}
