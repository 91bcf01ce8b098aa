/** The scores that can be asked for by name, so that a worker thread can compute them. */
import { listNames, Problem } from '../problem.js';
import type { Score } from './evaluate.js';
import { accuracy, f1, precision, recall } from './metrics/at-cutoff.js';
import { auc } from './metrics/auc.js';
import { averagePrecision } from './metrics/average-precision.js';
import { expectedCalibrationError } from './metrics/calibration.js';
import { gain, lift } from './metrics/lift.js';
import { brier, logLoss } from './metrics/mean-loss.js';
import { aucWithinFolds } from './metrics/within-folds.js';

/** All of them, with their usual settings. */
export const scores: readonly Score[] = [
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
];

/** The score of that name, capitals or not ("auc"). Throws `evaluate-unknown-score`. */
export function scoreNamed(name: string, among: readonly Score[] = scores): Score {
  const found = among.find((score) => score.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new Problem({
    code: 'evaluate-unknown-score',
    what: `there is no score "${name}"`,
    expected: `one of ${listNames(
      among.map((score) => score.name),
      { last: 'or' },
    )}`,
  });
}
