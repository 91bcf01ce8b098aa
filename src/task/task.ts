/** The contract of the room: what a kind of target means for everything that learns, judges, answers and reports. */
import type { ContributionUnit, Learner } from '../models/models.js';
import type { TargetType } from '../schema/column-types.js';
import type { Dataset } from '../schema/schema.js';
import type { TargetKind, Targets } from '../table/matrix.js';
import type { AnswerShape } from './answer-shape.js';
import type { TargetAspects } from './aspects/aspects.js';
import type { Details } from './details.js';
import type { FittedTarget } from './fitted-target.js';
import type { Metric, Predictions } from './predictions.js';

/** Rows that are alike in their target; parts of a dataset shall hold as large a share of each. */
export interface Strata {
  /** The stratum of each row, 0 to `count` - 1. */
  readonly of: ArrayLike<number>;
  readonly count: number;
}

/** Means over rows, and what they are of. */
export interface Means {
  readonly predicted: number;
  readonly true: number;
  /** "mean probability", "rate of yes". */
  readonly words: { readonly predicted: string; readonly true: string };
}

/** Everything that depends on the kind of target. Nothing outside of this room asks which kind it is. */
export interface Task {
  readonly kind: TargetKind;
  /** What came true in each row. Throws `schema-bad-label` where a row has no outcome. */
  targets(dataset: Dataset): Targets;
  /** The classes that the codes of targets stand for; empty for the other kinds. */
  classes(dataset: Dataset): readonly string[];
  /** What an audit asks of a target: outcomes, contrasts, means, and how well one column alone tells it. Throws as `targets`. */
  aspects(dataset: Dataset): TargetAspects;
  /** Learns such targets from a plain recipe as it is, without tuning: what prices a leak. */
  readonly plainLearner: Learner;
  /** In what a price of leakage and dishonest scores are told; the first is the price, more is better. */
  readonly leakageMetrics: readonly Metric[];
  /** Every metric of this kind; the others mean nothing here. */
  readonly metrics: readonly Metric[];
  /**
   * What `compare` measures unless told otherwise; the first decides. None of them ranks rows of several folds
   * together: folds of other base rates would then be told apart, and a constant would seem to rank.
   */
  readonly defaultMetrics: readonly Metric[];
  /** What `model.score` measures unless told otherwise. */
  readonly scorecard: readonly Metric[];
  /** What a study measures unless told otherwise; the first decides. */
  readonly studyMetrics: readonly Metric[];
  strata(targets: Targets): Strata;
  /** What was predicted on average, and what came true; undefined where a mean says nothing. */
  means(targets: Targets, predicted: Float64Array): Means | undefined;
  /**
   * The learner as this kind of target needs it: itself where it can learn such targets, wrapped where a wrapper makes
   * it so. Throws `task-learner` with a sentence where neither is possible.
   */
  learner(learner: Learner): Learner;
  /** The answer of several models together, from the answers of each; row-major as they are. */
  combine(answers: readonly Float64Array[]): Float64Array;
  /** What `combine` does, as a noun: "the mean log-odds". */
  readonly combined: string;
  /** What a report shows of judged rows beside their metrics. `before` is what the learner says without any correction. */
  details(judged: Predictions, more: { before: Predictions; classes: readonly string[] }): Details;
  /** The targets in a few words: "11.7 % say yes", "12 pieces on average, from 0 to 120". */
  describe(targets: Targets, more: { type: TargetType; classes: readonly string[] }): string;
  /** The fields of an answer; `width` is how many numbers the model gives a row. */
  answer(of: { target: FittedTarget; type: TargetType; width: number }): AnswerShape;
  /** The unit in which contributions of combined models add up as their answers do. */
  readonly additiveUnit: ContributionUnit;
}
