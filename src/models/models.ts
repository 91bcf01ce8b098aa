/** The contract of the room: a learner turns a Matrix and labels into a Model; a Model turns rows into probabilities. */
import type { Json, JsonObject } from '../json.js';
import type { Labels, Matrix, Shape } from '../table/matrix.js';

/** What a fit may be given beside rows and labels. */
export interface FitOptions {
  /** Everything random in the fit is drawn from this. */
  seed: number;
  /** One weight a row, ≥ 0; all 1 where absent. */
  weights?: Float64Array;
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
  /**
   * Learns from `matrix.rowCount` rows. Leaves matrix, labels and options as they are.
   * Throws a `Problem` for no rows, lengths that differ, labels other than 0 and 1, and (unless the learner
   * says that it can bear it) for missing numbers.
   */
  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model;
}

/** A fitted model. Holds no rows of the training data. */
export interface Model {
  /** Names the code that reads it back: `modelFromJson`. */
  readonly kind: string;
  /** What a matrix must look like to be predicted. */
  readonly shape: Shape;
  /** The probability of 1 for each row, in [0, 1]. */
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

/** Row-major: the contribution of column j in row i is `values[i * columnCount + j]`, in `unit`. */
export interface Contributions {
  /** What is added up; log-odds where absent. */
  readonly unit?: 'log-odds' | 'probability';
  readonly base: number;
  readonly columnCount: number;
  readonly values: Float64Array;
}
