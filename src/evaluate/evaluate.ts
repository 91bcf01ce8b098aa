/** The contract of the room: a protocol says which rows teach and which judge; a score says how well it went. */
import type { JsonObject } from '../json.js';
import type { Dataset } from '../schema/schema.js';
import type { Labels } from '../table/matrix.js';

/** Rows that teach and rows that judge, as ascending indices into the dataset. They never share a row. */
export interface Fold {
  readonly name: string;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** A way to split for evaluation; as data, so that a report can say what was done. */
export interface Protocol {
  /** "stratified 5-fold", "forward chaining, 5 steps". */
  readonly name: string;
  readonly kind: 'random' | 'grouped' | 'ordered';
  /** One sentence: what a score under this protocol tells, and what it hides. */
  readonly meaning: string;
  /** Set by `namedForWhatItIs`: for these rows the protocol shows more than the future will. */
  readonly optimistic?: true;
  readonly params: JsonObject;
  folds(dataset: Dataset): readonly Fold[];
}

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

/** Held-out rows with the probability they were given and what came true. */
export interface Predictions {
  /** Index into the dataset. */
  readonly rows: Uint32Array;
  readonly labels: Labels;
  readonly probabilities: Float64Array;
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

/** A measure of predictions; one object each, such as `auc` and `f1`. */
export interface Metric {
  /** "AUC", "F1", "Brier". */
  readonly name: string;
  /** 'up' where more is better. */
  readonly better: 'up' | 'down';
  /** True where rows are acted on at a cut-off, which must then be found on training rows. */
  readonly atCutoff: boolean;
  /** The value on all rows together. NaN where it is not defined (no row, or one class only). */
  value(predictions: Predictions): number;
  /** The value for labels and probabilities as they are; scores that act take `cutoff`, 0.5 by default. */
  of(
    labels: Labels | readonly number[],
    probabilities: Float64Array | readonly number[],
    options?: { cutoff?: number },
  ): number;
  /**
   * Sorts and prepares once, then gives the value for any resample of the rows in O(rows): what makes a thousand
   * bootstrap samples cheap.
   */
  prepare(predictions: Predictions): (counts: Counts) => number;
}
