/** The scores of acting at a cut-off: F1, precision, recall, accuracy. */
import { defineScore } from '../define-score.js';
import type { Score } from '../evaluate.js';
import { type Confusion, saidYes } from './confusion.js';

/**
 * F1, the harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN), at the cut-off that each fold's training
 * rows chose. 0 where nothing true was found (scikit-learn's `f1_score`); NaN where there is one class only.
 */
export const f1: Score = atCutoff(
  'F1',
  'harmonic mean of precision and recall at the cut-off found on training rows',
  ({ truePositives, falsePositives, falseNegatives }) =>
    (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives),
);

/** Precision, TP / (TP + FP), at each fold's cut-off. NaN where no row was said to be yes, or one class only is there. */
export const precision: Score = atCutoff(
  'precision',
  'the share of yes among the rows said to be yes',
  ({ truePositives, falsePositives }) => truePositives / (truePositives + falsePositives),
);

/** Recall, TP / (TP + FN), at each fold's cut-off. NaN where there is one class only. */
export const recall: Score = atCutoff(
  'recall',
  'the share of all yes that was said to be yes',
  ({ truePositives, falseNegatives }) => truePositives / (truePositives + falseNegatives),
);

/** Accuracy, the share of rows said right, at each fold's cut-off. Misleads where classes are unequal. */
export const accuracy: Score = atCutoff(
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
): Score {
  return defineScore({
    name,
    better: 'up',
    meaning,
    atCutoff: true,
    prepare(predictions) {
      const { labels } = predictions;
      const cells = saidYes(predictions);
      for (let i = 0; i < cells.length; i++) cells[i] = 2 * cells[i]! + labels[i]!;
      return (counts) => {
        const sums = new Float64Array(4);
        for (let i = 0; i < cells.length; i++) sums[cells[i]!]! += counts[i]!;
        const trueNegatives = sums[0]!;
        const falseNegatives = sums[1]!;
        const falsePositives = sums[2]!;
        const truePositives = sums[3]!;
        const yes = truePositives + falseNegatives;
        const no = trueNegatives + falsePositives;
        if (!oneClass && (yes === 0 || no === 0)) return Number.NaN;
        return value({ truePositives, falsePositives, trueNegatives, falseNegatives });
      };
    },
  });
}
