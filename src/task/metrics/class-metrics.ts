/** The metrics of a target of several classes, under one name. */
import type { Metric } from '../predictions.js';
import { classAccuracy } from './class-accuracy.js';
import { classAuc, classAucWithinFolds } from './class-auc.js';
import { classLogLoss } from './class-log-loss.js';
import { macroF1 } from './macro-f1.js';

/** What `classMetrics` holds. */
export interface ClassMetrics {
  /** Mean of −log of the probability that was given to the class that came true. */
  readonly logLoss: Metric;
  /** The mean over classes of the F1 of each. */
  readonly macroF1: Metric;
  /** The share of rows whose most likely class came true. */
  readonly accuracy: Metric;
  /** The mean over classes of the AUC of each against the rest. */
  readonly auc: Metric;
  /** The same within each fold. */
  readonly aucWithinFolds: Metric;
}

/**
 * Every metric of a target of several classes.
 *
 * @example
 * const race = await compare(plans, {
 *   features: plansRecipe,
 *   learners: [baseline(), logistic()],
 *   metrics: [classMetrics.macroF1, classMetrics.accuracy],
 * });
 */
export const classMetrics: ClassMetrics = {
  logLoss: classLogLoss,
  macroF1,
  accuracy: classAccuracy,
  auc: classAuc,
  aucWithinFolds: classAucWithinFolds,
};
