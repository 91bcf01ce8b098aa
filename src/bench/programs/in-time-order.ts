/**
 * The bank in time order: candidates race on the first 70 % of the rows, and the one that wins there is judged once on the
 * last 30 %, fitted once or refitted every 1,000 rows.
 */
import { crossValidate } from '../../evaluate/cross-validate.js';
import type { Protocol } from '../../evaluate/evaluate.js';
import { type Pipeline, pipeline } from '../../evaluate/pipeline.js';
import { forwardChaining } from '../../evaluate/protocols/forward-chaining.js';
import { holdOutLast } from '../../evaluate/protocols/hold-out-last.js';
import { slidingWindow } from '../../evaluate/protocols/sliding-window.js';
import { scoreWithin, segmentsOf } from '../../evaluate/segments.js';
import { splitByOrder } from '../../evaluate/split.js';
import { bins } from '../../features/bins.js';
import type { Step } from '../../features/features.js';
import { impute } from '../../features/impute.js';
import { logOdds } from '../../features/log-odds.js';
import { ordinal } from '../../features/ordinal.js';
import { features } from '../../features/recipe.js';
import { scale } from '../../features/scale.js';
import { signedLog } from '../../features/signed-log.js';
import { logistic } from '../../models/logistic.js';
import type { Learner } from '../../models/models.js';
import { naiveBayes } from '../../models/naive-bayes.js';
import { withRecency } from '../../models/with-recency.js';
import { readCsv } from '../../schema/read-csv.js';
import type { Dataset, Schema } from '../../schema/schema.js';
import { withTrailingRates } from '../../schema/trailing-rates.js';
import { bank, withPace } from '../../studies/bank-marketing/study.js';
import { auc } from '../../task/metrics/auc.js';
import { brier } from '../../task/metrics/mean-loss.js';
import { aucWithinFolds } from '../../task/metrics/within-folds.js';
import type { Predictions } from '../../task/predictions.js';
import { measure, readTask } from './measure.js';

const task = readTask<{
  path: string;
  /** Rows until an outcome is known; undefined where no candidate is told how it went lately. */
  labelDelay?: number;
  refit: boolean;
}>();

const lasting = [
  ordinal('job', 'marital', 'education', 'default', 'housing', 'loan', 'poutcome'),
  bins(['age', 'balance', 'campaign', 'pdays', 'previous']),
];
const everything = [...lasting, ordinal('month', 'contact'), bins('day')];
const pace = scale(impute(signedLog('daysOfLast200')));
const rates = logOdds('rateOfLast50', 'rateOfLast200', 'rateOfLast1000');

/** The simplest first. */
function candidatesFor(schema: Schema): Pipeline[] {
  const candidate = (name: string, steps: readonly Step[], learner: Learner): Pipeline =>
    pipeline(features(schema, steps), learner, { name });
  const decaying = (halfLife: number): Learner => withRecency(logistic(), { halfLife });
  const plain = [
    candidate('naive Bayes', everything, naiveBayes()),
    candidate('naive Bayes without month, day, contact', lasting, naiveBayes()),
    candidate('logistic', everything, logistic()),
    candidate('logistic without month, day, contact', lasting, logistic()),
    candidate('the same, half-life of 8,000 rows', lasting, decaying(8000)),
    candidate('the same, half-life of 3,000 rows', lasting, decaying(3000)),
    candidate('logistic with the pace', [...everything, pace], logistic()),
    candidate('logistic with the pace, without month, day, contact', [...lasting, pace], logistic()),
    candidate('with the pace, half-life of 8,000 rows', [...lasting, pace], decaying(8000)),
    candidate('with the pace, half-life of 3,000 rows', [...lasting, pace], decaying(3000)),
  ];
  if (task.labelDelay === undefined) return plain;
  return [
    ...plain,
    candidate('logistic with rates', [...everything, rates], logistic()),
    candidate('logistic with rates, without month, day, contact', [...lasting, rates], logistic()),
    candidate('with rates, half-life of 8,000 rows', [...lasting, rates], decaying(8000)),
    candidate('with rates, half-life of 3,000 rows', [...lasting, rates], decaying(3000)),
    candidate('logistic with pace and rates', [...lasting, pace, rates], logistic()),
    candidate('with pace and rates, half-life of 8,000 rows', [...lasting, pace, rates], decaying(8000)),
    candidate('with pace and rates, half-life of 3,000 rows', [...lasting, pace, rates], decaying(3000)),
  ];
}

async function work(): Promise<{ chosen: string; predictions: Predictions; calls: Dataset }> {
  const { labelDelay = 0, refit } = task;
  const file = withPace(await readCsv(task.path, bank, { separator: ';' }));
  const calls: Dataset =
    task.labelDelay === undefined ? file : withTrailingRates(file, { rows: [50, 200, 1000], labelDelay });
  const { train: open } = splitByOrder(calls, { test: 0.3 });
  // All of the past teaches: its weight, where it has any, is the candidate's affair.
  const sliding = slidingWindow({ window: calls.table.rowCount, step: 1000, labelDelay });
  const deciding: Protocol = refit
    ? sliding
    : forwardChaining({ folds: 5, firstShare: 0.75, gap: labelDelay });
  const judging: Protocol = refit ? sliding : holdOutLast({ test: 0.3, gap: labelDelay });
  const options = { seed: 7, cutoff: false } as const;
  let [chosen, best] = [undefined as Pipeline | undefined, Number.NEGATIVE_INFINITY];
  for (const candidate of candidatesFor(calls.schema)) {
    const value = aucWithinFolds.value(
      crossValidate(candidate, { dataset: open, protocol: deciding }, options),
    );
    if (value > best) [chosen, best] = [candidate, value];
  }
  const predictions = crossValidate(chosen!, { dataset: calls, protocol: judging }, options);
  return { chosen: chosen!.name, predictions, calls };
}

void measure(task, work, ({ chosen, predictions, calls }) => ({
  chosen,
  scores: {
    AUC: auc.value(predictions),
    Brier: brier.value(predictions),
    'AUC within months': scoreWithin(predictions, segmentsOf(calls, 'month')).value,
  },
}));
