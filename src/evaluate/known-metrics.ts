/** The metrics that can be asked for by name, so that a worker thread can compute them. */
import { listNames, Problem } from '../problem.js';
import type { Metric } from './evaluate.js';
import { accuracy, f1, precision, recall } from './metrics/at-cutoff.js';
import { auc } from './metrics/auc.js';
import { averagePrecision } from './metrics/average-precision.js';
import { expectedCalibrationError } from './metrics/calibration.js';
import { gain, lift } from './metrics/lift.js';
import { brier, logLoss } from './metrics/mean-loss.js';
import { aucWithinFolds } from './metrics/within-folds.js';

/** All of them, with their usual settings. */
export const knownMetrics: readonly Metric[] = [
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

/** The metric of that name, capitals or not ("auc"). Throws `evaluate-unknown-metric`. */
export function metricNamed(name: string, among: readonly Metric[] = knownMetrics): Metric {
  const found = among.find((metric) => metric.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new Problem({
    code: 'evaluate-unknown-metric',
    what: `there is no metric "${name}"`,
    expected: `one of ${listNames(
      among.map((metric) => metric.name),
      { last: 'or' },
    )}`,
  });
}
