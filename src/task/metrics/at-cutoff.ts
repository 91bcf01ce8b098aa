/** The scores of acting at a cut-off: F1, precision, recall, accuracy. */
import { defineMetric } from '../define-metric.js';
import type { Counts, Metric } from '../predictions.js';
import { type Confusion, saidYes } from './confusion.js';
import { oneClassOnly } from './one-class-only.js';
import { byRows } from './part-weights.js';

/**
 * F1, the harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN), at the cut-off that each fold's training
 * rows chose. 0 where nothing true was found (scikit-learn's `f1_score`); NaN where there is one class only.
 *
 * @example
 * f1.of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], { cutoff: 0.35 }) // → 0.8
 */
export const f1: Metric = atCutoff(
  'F1',
  'harmonic mean of precision and recall at the cut-off found on training rows',
  ({ truePositives, falsePositives, falseNegatives }) =>
    (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives),
);

/**
 * Precision, TP / (TP + FP), at each fold's cut-off. NaN where no row was said to be yes, or one class only is there.
 *
 * @example
 * precision.of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], { cutoff: 0.6 }) // → 1
 */
export const precision: Metric = atCutoff(
  'precision',
  'the share of yes among the rows said to be yes',
  ({ truePositives, falsePositives }) => truePositives / (truePositives + falsePositives),
);

/**
 * Recall, TP / (TP + FN), at each fold's cut-off. NaN where there is one class only.
 *
 * @example
 * recall.of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // → 0.5
 */
export const recall: Metric = atCutoff(
  'recall',
  'the share of all yes that was said to be yes',
  ({ truePositives, falseNegatives }) => truePositives / (truePositives + falseNegatives),
);

/**
 * Accuracy, the share of rows said right, at each fold's cut-off. Misleads where classes are unequal.
 *
 * @example
 * accuracy.of([0, 0, 1, 1], [0.1, 0.6, 0.35, 0.8]) // → 0.5
 */
export const accuracy: Metric = atCutoff(
  'accuracy',
  'the share of rows said right, which misleads where one class is rare',
  ({ truePositives, falsePositives, trueNegatives, falseNegatives }) =>
    (truePositives + trueNegatives) / (truePositives + falsePositives + trueNegatives + falseNegatives),
  { oneClass: true },
);

function atCutoff(
  name: string,
  meaning: string,
  value: (cells: Confusion) => number,
  { oneClass = false }: { oneClass?: boolean } = {},
): Metric {
  return defineMetric({
    name,
    better: 'up',
    meaning,
    atCutoff: true,
    // A share of rows that are right is the same whichever way the rows are parted.
    ...(!oneClass && { weightWithin: byRows }),
    whyNone: (predictions) =>
      new Set(predictions.targets).size > 1 ? 'no row was said to be a yes' : oneClassOnly(predictions),
    prepare(predictions) {
      const { targets: labels } = predictions;
      const said = saidYes(predictions);
      const rowsOf = (saidOf: 0 | 1, label: 0 | 1): Uint32Array =>
        Uint32Array.from(labels.keys()).filter((row) => said[row] === saidOf && labels[row] === label);
      const [missed, wrong, right] = [rowsOf(0, 1), rowsOf(1, 0), rowsOf(1, 1)];
      return (counts) => {
        const falseNegatives = sumOf(counts, missed);
        const falsePositives = sumOf(counts, wrong);
        const truePositives = sumOf(counts, right);
        const hasYes = truePositives + falseNegatives > 0;
        const hasNo = falsePositives > 0 || counts.some((count, row) => count > 0 && labels[row] === 0);
        if (!oneClass && !(hasYes && hasNo)) return Number.NaN;
        return value({
          ...{ truePositives, falsePositives, falseNegatives },
          // The most rows by far, and not listed: added up only where a metric asks for them.
          get trueNegatives() {
            return sumOf(counts) - falseNegatives - falsePositives - truePositives;
          },
        });
      };
    },
  });
}

/** The counts of these rows, or of all. */
function sumOf(counts: Counts, rows?: Uint32Array): number {
  let sum = 0;
  if (rows) for (let i = 0; i < rows.length; i++) sum += counts[rows[i]!]!;
  else for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}
