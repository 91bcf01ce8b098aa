/** Held-out rows with what was predicted and what came true, and what a measure of them is. */
import type { TargetKind, Targets } from '../table/matrix.js';

/** An estimate with its interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Of the interval, 0.95 by default. */
  readonly level: number;
  /** Standard error. */
  readonly error: number;
  /** How the interval was made: "DeLong", "bootstrap, 1,000 samples", "block bootstrap, 1,000 samples of 90 blocks". */
  readonly method: string;
}

/** What came true and what was predicted, row by row. */
export interface Judged {
  /** Labels of 0 and 1, numbers, or codes of classes. */
  readonly targets: Targets;
  /**
   * What was predicted, row-major: the probability of yes; the number, and behind it the bounds of its interval where
   * the model gives one; or a probability for each class.
   */
  readonly predicted: Float64Array;
  /** How many numbers answer a row; 1 where absent. */
  readonly width?: number;
}

/** Held-out rows of a dataset. */
export interface Predictions extends Judged {
  /** Index into the dataset. */
  readonly rows: Uint32Array;
  /** Which fold each row was judged in. */
  readonly folds: Uint16Array;
  /** The cut-off of best F1 as found on each fold's training rows, by fold. */
  readonly cutoffs: Float64Array;
  /** True where the rows were judged in their order of time: intervals then resample blocks of neighbours. */
  readonly ordered?: boolean;
  /** A group code a row: intervals then resample whole groups. */
  readonly groups?: Int32Array;
}

/** How many times each row counts in a resample, row by row of the predictions. */
export type Counts = Uint16Array;

/** How much a part of the rows counts, row i of it `counts[i]` times. */
export type PartWeight = (part: { readonly targets: Targets; readonly counts: Counts }) => number;

/** A measure of predictions; one object each, such as `auc` and `f1`. */
export interface Metric {
  /** "AUC", "F1", "Brier". */
  readonly name: string;
  /** The kind of target that it measures predictions of. */
  readonly kind: TargetKind;
  /** 'up' where more is better. */
  readonly better: 'up' | 'down';
  /** True where rows are acted on at a cut-off, which must then be found on training rows. */
  readonly atCutoff: boolean;
  /** True where the value is in the unit of the target, such as pieces or euros. */
  readonly inUnit: boolean;
  /** True where it judges the bounds of intervals, which not every model gives. */
  readonly ofIntervals: boolean;
  /**
   * Where it is a mean over folds: the metric that is taken within each, by itself. That one ranks rows against each other,
   * and over several folds together it would also reward knowing which of them has the higher rate.
   */
  readonly pooled?: Metric;
  /**
   * Present where rows are weighed against each other (ranked, or said yes from one cut-off on), so that over several
   * stretches together it also rewards knowing which of them has the higher rate: how much a stretch counts in the mean of
   * the metric within each. Absent where it is a mean over rows, which is the same within stretches and over all.
   */
  readonly weightWithin?: PartWeight;
  /** The value on all rows together. NaN where it is not defined (no row, or one class only). */
  value(predictions: Predictions): number;
  /**
   * The value for targets and predictions as they are, such as labels and probabilities; metrics that act take
   * `cutoff`, 0.5 by default, and those of several numbers a row take `width`.
   */
  of(
    targets: Targets | readonly number[],
    predicted: Float64Array | readonly number[],
    options?: { cutoff?: number; width?: number },
  ): number;
  /**
   * Sorts and prepares once, then gives the value for any resample of the rows in O(rows): what makes a thousand
   * bootstrap samples cheap.
   */
  prepare(predictions: Predictions): (counts: Counts) => number;
  /** Why it has no value (NaN) for these predictions, as a clause; absent where it always has one for some row. */
  whyNone?(predictions: Predictions): string;
}
