/** A metric taken fold by fold and then averaged: what a model is worth once its base rate no longer helps it. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { auc } from './auc.js';
import { oneClassOnly } from './one-class-only.js';
import { withinParts } from './within-parts.js';

/**
 * The mean over folds of `metric` within each fold, every fold counting the same; folds in which it is not defined (one
 * class only) are left out. In an ordered protocol the pooled AUC also rewards knowing which stretch has the higher
 * rate of yes, which is of no use to somebody who must rank the rows of today.
 *
 * @example
 * withinFolds(averagePrecision).value(predictions);
 */
export function withinFolds(metric: Metric): Metric {
  return defineMetric({
    name: `${metric.name} within folds`,
    kind: metric.kind,
    inUnit: metric.inUnit,
    better: metric.better,
    meaning: `mean over the folds of the ${metric.name} within each`,
    atCutoff: metric.atCutoff,
    whyNone: (predictions) =>
      new Set(predictions.targets).size > 1
        ? 'no fold holds rows of more than one class'
        : oneClassOnly(predictions),
    pooled: metric,
    prepare(predictions) {
      const within = withinParts(metric, predictions, predictions.folds);
      return (counts) => {
        let [sum, defined] = [0, 0];
        for (const { value } of within(counts)) {
          if (Number.isNaN(value)) continue;
          sum += value;
          defined++;
        }
        return sum / defined;
      };
    },
  });
}

/**
 * The mean over the folds of the AUC within each.
 *
 * @example
 * const race = await compare(calls, { features: recipe, learners: [baseline(), logistic()], metrics: [aucWithinFolds] });
 * race.estimate('baseline').value // → 0.5
 */
export const aucWithinFolds: Metric = withinFolds(auc);
