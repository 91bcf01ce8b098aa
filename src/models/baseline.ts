/** The learner that every other must beat: the base rate, whatever the row. */
import type { Json } from '../json.js';
import { type Labels, type Matrix, type Shape, shapeOf } from '../table/matrix.js';
import { print } from '../table/print.js';
import { baseRate } from './base-rate.js';
import { checkFit, checkPredict } from './check-fit.js';
import { logOddsOf } from './log-odds.js';
import type { Contributions, FitOptions, Learner, Model } from './models.js';
import type { LearnerReader, ModelReader } from './reader.js';
import { shapeFromJson, shapeToJson } from './shape-json.js';

const bears = { missing: true };

/**
 * Predicts the weighted share of ones among the training rows. Its AUC is .5 and its log loss the entropy of the
 * label: what a model must beat to be worth anything.
 *
 * @example
 * pipeline(recipe, baseline()).fit(train).score(test);
 */
export function baseline(): Learner {
  return new Baseline();
}

/** The model that gives every row the same probability; other learners answer with it where all labels are equal. */
export function constantModel(shape: Shape, probability: number): Model {
  return new BaselineModel(shape, probability);
}

/**
 * Where the rows that weigh anything are all of one class, the model that says so: probability 0 or 1. There is
 * nothing to tell apart, so every learner of this room answers in this way; the fit is then told as done.
 */
export function oneClassModel(
  matrix: Matrix,
  labels: Labels,
  { weights, onProgress }: Pick<FitOptions, 'weights' | 'onProgress'>,
): Model | undefined {
  const rate = baseRate(labels, weights);
  if (rate > 0 && rate < 1) return undefined;
  onProgress?.(1);
  return constantModel(shapeOf(matrix), rate);
}

export const baselineReader: LearnerReader = { kind: 'baseline', read: () => baseline() };

export const baselineModelReader: ModelReader = {
  kind: 'baseline',
  read: (json) =>
    constantModel(shapeFromJson(json.field('shape')), json.field('probability').number({ min: 0, max: 1 })),
};

class Baseline implements Learner {
  readonly name = 'baseline';
  readonly kind = 'baseline';
  readonly params = {};

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, bears);
    options.onProgress?.(1);
    return constantModel(shapeOf(matrix), baseRate(labels, options.weights));
  }

  [print](): string {
    return 'baseline: the base rate of the training rows';
  }
}

class BaselineModel implements Model {
  readonly kind = 'baseline';
  readonly shape: Shape;
  readonly contributions?: (matrix: Matrix) => Contributions;
  readonly #probability: number;

  constructor(shape: Shape, probability: number) {
    this.shape = shape;
    this.#probability = probability;
    // At 0 and 1 the margin is infinite, and there is no exact answer.
    if (probability > 0 && probability < 1) {
      this.contributions = (matrix) => {
        checkPredict(matrix, shape, bears);
        const columnCount = shape.length;
        return {
          base: logOddsOf(probability),
          columnCount,
          values: new Float64Array(matrix.rowCount * columnCount),
        };
      };
    }
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    return new Float64Array(matrix.rowCount).fill(this.#probability);
  }

  toJSON(): Json {
    return { kind: this.kind, shape: shapeToJson(this.shape), probability: this.#probability };
  }

  [print](): string {
    return `baseline, fitted: probability ${this.#probability} for every row`;
  }
}
