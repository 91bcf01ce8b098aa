/** AUC over several classes: each against the rest. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { auc } from './auc.js';
import { oneClassOnly } from './one-class-only.js';
import { byRows } from './part-weights.js';
import { withinFolds } from './within-folds.js';

/**
 * The AUC of each class against the rest, averaged with every class counting the same (scikit-learn's
 * `roc_auc_score(multi_class="ovr", average="macro")`). A class that no row has is left out; NaN where only one has rows.
 *
 * @example
 * classAuc.of([0, 1, 1], [0.9, 0.1, 0.6, 0.4, 0.2, 0.8], { width: 2 }) // → 1
 */
export const classAuc: Metric = defineMetric({
  name: 'AUC one-vs-rest',
  kind: 'category',
  better: 'up',
  meaning: 'the mean over classes of the chance that a row of the class ranks above another',
  whyNone: oneClassOnly,
  weightWithin: byRows,
  prepare({ targets, predicted, width = 1, ...rest }) {
    const measures = Array.from({ length: width }, (_, code) =>
      auc.prepare({
        ...rest,
        targets: Uint8Array.from(targets, (target) => (target === code ? 1 : 0)),
        predicted: Float64Array.from(targets, (_, i) => predicted[i * width + code]!),
      }),
    );
    return (counts) => {
      const values = measures.map((measure) => measure(counts)).filter((value) => !Number.isNaN(value));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
  },
});

/**
 * The mean over folds of the AUC of each class against the rest, within each fold.
 *
 * @example
 * const race = await compare(plans, { features: plansRecipe, learners: [baseline()], metrics: [classAucWithinFolds] });
 * race.estimate('baseline').value // → 0.5
 */
export const classAucWithinFolds: Metric = withinFolds(classAuc);
