/** Answers a question without side effects: what is to be counted and kept is noted beside the reply. */
import {
  type NewPrediction,
  type PredictionRecord,
  type Scorer,
  scoreRows,
  WarningCounter,
} from '../src/serving.js';
import { newId } from './ids.js';
import { isoTime } from './iso-time.js';
import { personColumn } from './person-column.js';
import { problemEntries, Refusal, refusedRows } from './problems.js';
import type { Answered, Effects, Prediction, Predictions, Question, Rows } from './question.js';
import type { BodyLimits } from './read-body.js';
import { explanations } from './reasons.js';
import type { Reply } from './reply.js';

/** Reads a question, has its rows scored, and writes the reply. Throws a `Refusal`. */
export type Form = (question: Question, tools: FormTools) => Reply;

/** What a form works with. */
export interface FormTools {
  readonly scorer: Scorer;
  readonly limits: BodyLimits;
  /** Throws a `Refusal` where one of the rows is wrong. */
  readonly score: (rows: Rows) => Predictions;
}

/** Reasons cost a hundred times what an answer costs. */
const mostExplained = 100;

/** Nothing to count or keep. */
export const noEffects: Effects = { refused: false, predictions: [], warnings: [] };

/** The reply of a form, and its effects. Only a fault of the service is thrown. */
export function answerQuestion(
  form: Form,
  question: Question,
  { scorer, limits }: Pick<FormTools, 'scorer' | 'limits'>,
): Answered {
  let effects = noEffects;
  const score = (rows: Rows): Predictions => {
    const most = rows.explain === undefined ? limits.rows : Math.min(limits.rows, mostExplained);
    if (rows.rows.length > most) {
      const advice = rows.explain === undefined ? ', or score files with "alambique predict"' : '';
      throw new Refusal(413, `More than ${most} rows. Send fewer at a time${advice}.`);
    }
    const scored = scoreRows(scorer, rows.rows, rows);
    if ('issues' in scored) {
      effects = { ...noEffects, refused: true };
      throw refusedRows(problemEntries(scored.issues), scored);
    }
    const predictions = withIds(scored, rows, { scorer, time: question.time });
    effects = effectsOf(scored, predictions, { rows, scorer, question });
    return { predictions, policy: scored.policy };
  };
  try {
    return { reply: form(question, { scorer, limits, score }), effects };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { reply: thrown.reply, effects };
  }
}

type ScoredRows = Exclude<ReturnType<typeof scoreRows>, { issues: unknown }>;

function withIds(
  { rows: scored, table }: ScoredRows,
  { pointer = () => '', explain }: Rows,
  { scorer, time }: { scorer: Scorer; time: number },
): Prediction[] {
  const { schema, pipeline } = scorer.artefact;
  const parts = explain === undefined ? undefined : pipeline.explain(table);
  const why = parts && explanations(schema, { table, parts, most: explain! });
  return scored.map(
    ({ fields, unusual }, i): Prediction => ({
      id: newId(time),
      ...fields,
      ...(unusual.length > 0 && {
        warnings: problemEntries(unusual.map((one) => scorer.describe(one, pointer(i)))),
      }),
      ...(explain !== undefined && { explanation: why?.[i] ?? null }),
    }),
  );
}

function effectsOf(
  { rows: scored }: ScoredRows,
  predictions: readonly Prediction[],
  {
    rows: { rows, text },
    scorer,
    question: { time, caller },
  }: { rows: Rows; scorer: Scorer; question: Question },
): Effects {
  const iso = isoTime(new Date(time));
  const person = personColumn(scorer.artefact);
  const warnings = new WarningCounter();
  const kept = scored.map(({ fields, unusual }, i): NewPrediction => {
    warnings.add(unusual);
    // It passed the check, so it is a row of this schema and nothing else.
    const row = rows[i] as PredictionRecord['row'];
    const rowText = text !== undefined && isShortLine(text) ? text : undefined;
    const about = person === undefined ? undefined : row?.[person];
    return {
      id: predictions[i]!.id,
      time: iso,
      model: scorer.reference,
      ...(caller !== undefined && { caller }),
      row,
      rowText,
      ...(about !== undefined && about !== null && { person: String(about) }),
      ...fields,
    };
  });
  return { refused: false, predictions: kept, warnings: warnings.counts() };
}

/** Whether a row can be kept as it was written, without being written anew. */
function isShortLine(text: string): boolean {
  return text.length <= 2048 && !text.includes('\n');
}
