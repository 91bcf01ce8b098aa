/** A target of yes or no: the answer is the probability of yes. */
import { logistic } from '../models/logistic.js';
import { labelsOf } from '../schema/dataset.js';
import type { Targets } from '../table/matrix.js';
import { classAspects } from './aspects/class-aspects.js';
import { learnerThatTakes } from './learner-that-takes.js';
import { meansOf } from './means-of.js';
import { accuracy, f1, precision, recall } from './metrics/at-cutoff.js';
import { auc } from './metrics/auc.js';
import { averagePrecision } from './metrics/average-precision.js';
import { calibrationCurve, expectedCalibrationError } from './metrics/calibration.js';
import { countYes } from './metrics/count-yes.js';
import { precisionRecallCurve, rocCurve } from './metrics/curves.js';
import { gain, gainsCurve, lift, liftCurve } from './metrics/lift.js';
import { brier, logLoss } from './metrics/mean-loss.js';
import type { Point } from './metrics/thin.js';
import { aucWithinFolds } from './metrics/within-folds.js';
import type { Predictions } from './predictions.js';
import type { Task } from './task.js';

/** Probabilities are kept this far from 0 and 1, where one model would silence all others. */
const edge = 1e-12;

export const yesNoTask: Task = {
  kind: 'yesNo',
  targets: labelsOf,
  classes: () => [],
  aspects: (dataset) =>
    classAspects(labelsOf(dataset), { count: 2, compared: [{ code: 1, names: ['no', 'yes'] }] }),
  plainLearner: logistic(),
  leakageMetrics: [auc, f1],
  metrics: [
    auc,
    aucWithinFolds,
    averagePrecision,
    f1,
    precision,
    recall,
    accuracy,
    logLoss,
    brier,
    expectedCalibrationError(),
    lift(),
    gain(),
  ],
  defaultMetrics: [aucWithinFolds, f1],
  scorecard: [auc, averagePrecision, f1, logLoss, brier],
  studyMetrics: [aucWithinFolds, averagePrecision, f1, logLoss, brier, expectedCalibrationError()],
  strata: (targets: Targets) => ({ of: targets, count: 2 }),
  means: (targets, predicted) =>
    meansOf(targets, predicted, { predicted: 'mean probability', true: 'rate of yes' }),
  learner: (learner) => learnerThatTakes(learner, 'yesNo'),
  combine: (answers) =>
    Float64Array.from(answers[0]!, (_, i) => {
      let margin = 0;
      for (const probabilities of answers) margin += logOdds(probabilities[i]!);
      return 1 / (1 + Math.exp(-margin / answers.length));
    }),
  details: (judged, { before }) => ({
    curves: {
      roc: rocCurve(judged),
      precisionRecall: precisionRecallCurve(judged),
      gains: gainsCurve(judged),
      lift: liftCurve(judged),
      calibrationBefore: calibration(before),
      calibrationAfter: calibration(judged),
    },
  }),
  describe: (targets) => `${((100 * countYes(targets)) / targets.length).toFixed(1)}\u00a0% of them yes`,
  answer: () => ({
    fields: [
      {
        name: 'probability',
        schema: { type: 'number', minimum: 0, maximum: 1, description: 'The probability of yes.' },
        datatype: 'FP64',
      },
    ],
    columns: ['probability'],
    main: 'probability',
    title: 'Probability of yes',
    of: (answers, at) => ({ probability: answers[at]! }),
    isPossible: (answer) => answer >= 0 && answer <= 1,
  }),
  combined: 'the mean log-odds',
  additiveUnit: 'log-odds',
};

function calibration(predictions: Predictions): Point[] {
  return calibrationCurve(predictions).map(({ meanProbability, rate }): Point => [meanProbability, rate]);
}

function logOdds(probability: number): number {
  const p = Math.min(Math.max(probability, edge), 1 - edge);
  return Math.log(p / (1 - p));
}
