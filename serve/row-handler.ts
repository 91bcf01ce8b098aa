/** Where every row is answered, whatever the route and the form it came in: asked, counted, noted, explained. */
import type { NewPrediction, PredictionRecord } from '../src/serving.js';
import type { AuditLog } from './audit-log.js';
import { newId } from './ids.js';
import { isoTime } from './iso-time.js';
import { type ProblemEntry, problemEntries, Refusal, refusedRows } from './problems.js';
import type { BodyLimits } from './read-body.js';
import { type Explanation, explanations } from './reasons.js';
import type { Call } from './router.js';
import type { ServiceMetrics } from './service-metrics.js';

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
  /** Why; where it was asked for. Null where the model has no exact answer. */
  readonly explanation?: Explanation | null;
}

/** The rows of a request and how they are to be taken. */
export interface Rows {
  readonly rows: readonly unknown[];
  /** The row as it stood in the body, where it is the only one. */
  readonly text?: string;
  /** Where each stands in the body, for errors. */
  readonly pointer: (row: number) => string;
  readonly strict?: boolean;
  /** How many reasons each answer shall have; none where absent. */
  readonly explain?: number;
}

export interface RowHandlerOptions {
  readonly now: () => Date;
  readonly limits: BodyLimits;
  readonly metrics: ServiceMetrics;
  readonly auditLog?: AuditLog;
}

/** Answers rows. Throws a `Refusal` where one of them is wrong. */
export type RowHandler = (call: Call, rows: Rows) => Prediction[];

/** Reasons cost a hundred times what an answer costs. */
const mostExplained = 100;

export function createRowHandler({ now, limits, metrics, auditLog }: RowHandlerOptions): RowHandler {
  return ({ request, model }, { rows, text, pointer, strict, explain }) => {
    const { schema, pipeline, study } = model.artefact;
    const isReplay = request.replay !== undefined;
    const most = explain === undefined ? limits.rows : Math.min(limits.rows, mostExplained);
    if (rows.length > most) {
      const advice = explain === undefined ? ', or score files with "alambique predict"' : '';
      throw new Refusal(413, `More than ${most} rows. Send fewer at a time${advice}.`);
    }
    const stopped = isReplay ? undefined : auditLog?.stopped();
    if (stopped !== undefined) throw new Refusal(503, stopped, { headers: { 'retry-after': '5' } });
    const verdict = model.ask(rows, { pointer, strict });
    if ('issues' in verdict) {
      metrics.refusedRows.add(1, study);
      throw refusedRows(problemEntries(verdict.issues), verdict.total);
    }
    const { table, answers } = verdict;
    const parts = explain === undefined ? undefined : pipeline.explain(table);
    const why = parts && explanations(schema, { table, parts, most: explain! });
    const date = now();
    const time = date.getTime();
    let acted = 0;
    const predictions = answers.map(({ probability, decision, warnings }, i): Prediction => {
      if (decision === 'act') acted++;
      return {
        id: newId(time),
        probability,
        decision,
        ...(warnings.length > 0 && { warnings: problemEntries(warnings) }),
        ...(explain !== undefined && { explanation: why?.[i] ?? null }),
      };
    });
    if (isReplay) return predictions;
    if (acted > 0) metrics.predictions.add(acted, study, 'act');
    if (acted < answers.length) metrics.predictions.add(answers.length - acted, study, 'leave');
    for (const { warnings } of answers) {
      for (const { code, where } of warnings) metrics.warnings.add(1, study, code, where?.column ?? '');
    }
    const iso = isoTime(date);
    auditLog?.append(
      study,
      predictions.map(({ id, probability, decision }, i): NewPrediction => {
        // It passed the check, so it is a row of this schema and nothing else.
        const row = rows[i] as PredictionRecord['row'];
        const rowText = text !== undefined && isShortLine(text) ? text : undefined;
        return { id, time: iso, model: model.reference, row, rowText, probability, decision };
      }),
    );
    return predictions;
  };
}

/** Whether a row can be kept as it was written, without being written anew. */
function isShortLine(text: string): boolean {
  return text.length <= 2048 && !text.includes('\n');
}
