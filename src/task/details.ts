/** What a report shows of judged rows beside their metrics; each part is there for the kinds of target that have it. */

import type { Point } from './metrics/thin.js';

/** Of probabilities of yes, thinned for drawing. */
export interface Curves {
  /** False positive rate, true positive rate. */
  readonly roc: readonly Point[];
  /** Recall, precision; by rising recall. */
  readonly precisionRecall: readonly Point[];
  /** Share of rows acted on, share of all yes reached. */
  readonly gains: readonly Point[];
  /** Share of rows acted on, how many times the base rate. */
  readonly lift: readonly Point[];
  /** Mean predicted probability, observed rate, of equal-count bins: as the learner gives it without correction. */
  readonly calibrationBefore: readonly Point[];
  /** The same as served. */
  readonly calibrationAfter: readonly Point[];
}

/** Of predicted numbers. */
export interface NumberErrors {
  /** Prediction and truth of at most 500 rows, evenly taken. */
  readonly points: readonly Point[];
  /** Mean prediction and mean truth of ten groups of rows, by rising prediction. */
  readonly groups: readonly Point[];
  /** Truth less prediction at 5, 25, 50, 75 and 95 % of the rows. */
  readonly residuals: readonly number[];
}

/** Of predicted classes. */
export interface ClassErrors {
  readonly names: readonly string[];
  /** How many rows of each class (by row) got which class as the most likely one (by column). */
  readonly confusion: readonly (readonly number[])[];
}

/** All parts that a kind of target may have. */
export interface Details {
  readonly curves?: Curves;
  readonly numbers?: NumberErrors;
  readonly classes?: ClassErrors;
}
