/** The contract of the room: a learner turns a Matrix and targets into a Model; a Model turns rows into answers. */
import type { Json, JsonObject } from '../json.js';
import type { Matrix, Shape, TargetKind, Targets } from '../table/matrix.js';

/** What a fit may be given beside rows and labels. */
export interface FitOptions {
  /** Everything random in the fit is drawn from this. */
  seed: number;
  /** One weight a row, ≥ 0; all 1 where absent. */
  weights?: Float64Array;
  /**
   * Where targets are classes: how many there are, so that a class of which these rows hold none still has its
   * probability. Where absent, as many as the greatest code needs.
   */
  classes?: number;
  /** A group code a row: rows of one group stay together in any inner split. */
  groups?: Int32Array;
  /** True where rows stand in time order: any inner split must then hold out the last of them. */
  ordered?: boolean;
  /** Called as the fit goes on, with the share done in [0, 1]. */
  onProgress?: (share: number) => void;
  /** Stops the fit, which then throws the signal's reason. */
  signal?: AbortSignal;
  /** How many threads may work; the result has the same bits whatever it is. By default 1. */
  threads?: number;
}

/** An unfitted model: a name, parameters as data, and `fit`. It cannot predict. */
export interface Learner {
  /** Shown in leaderboards: "logistic", "logistic + SMOTE". */
  readonly name: string;
  /** Names the code that reads the parameters back: `learnerFromJson`. */
  readonly kind: string;
  /** Every parameter, defaults filled in. Wrapped learners stand inside as `{ kind, params }`. */
  readonly params: JsonObject;
  /** The kinds of target that it can learn; yes or no alone where absent. */
  readonly takes?: readonly TargetKind[];
  /** False where the answer does not depend on the row, so that no features are needed. */
  readonly needsFeatures?: false;
  /** What a learner says where a kind of target makes no sense for it: why, and what to do. */
  readonly refuses?: Refusals;
  /**
   * Learns from `matrix.rowCount` rows. Leaves matrix, targets and options as they are.
   * Throws a `Problem` for no rows, lengths that differ, targets of a kind that it does not take or that are not of
   * that kind, and (unless the learner says that it can bear it) for missing numbers.
   */
  fit(matrix: Matrix, targets: Targets, options: FitOptions): Model;
}

/** A reason and a remedy for each kind of target that a learner refuses for a reason of its own. */
export type Refusals = Readonly<
  Partial<Record<TargetKind, { readonly why: string; readonly remedy: string }>>
>;

/** The kinds of target that a learner can learn. */
export function takesOf({ takes }: Pick<Learner, 'takes'>): readonly TargetKind[] {
  return takes ?? ['yesNo'];
}

/** A fitted model. Holds no rows of the training data. */
export interface Model {
  /** Names the code that reads it back: `modelFromJson`. */
  readonly kind: string;
  /** What a matrix must look like to be predicted. */
  readonly shape: Shape;
  /** How many numbers answer a row; 1 where absent. */
  readonly width?: number;
  /**
   * The answer to each row, row-major: the probability of yes, in [0, 1]; the number, and behind it the bounds of its
   * interval where `width` is 3; or a probability for each of `width` classes.
   */
  predict(matrix: Matrix): Float64Array;
  /**
   * How much each column adds to the margin of each row, and the base to which they add up:
   * `base + sum of row i = margin of row i`. The margin is the log-odds, or for models that average
   * probabilities (forests) the probability itself: `unit` says which. Absent where there is no exact answer.
   */
  contributions?(matrix: Matrix): Contributions;
  /** Plain data, finite numbers only, such that the model read back predicts the same bits. */
  toJSON(): Json;
}

/** What contributions are in. */
export type ContributionUnit = 'log-odds' | 'probability' | 'target' | 'log';

/** Row-major: the contribution of column j in row i is `values[i * columnCount + j]`, in `unit`. */
export interface Contributions {
  /** What is added up: log-odds where absent; 'target' in the unit of a target that is a number, 'log' in its logarithm. */
  readonly unit?: ContributionUnit;
  readonly base: number;
  readonly columnCount: number;
  readonly values: Float64Array;
}
