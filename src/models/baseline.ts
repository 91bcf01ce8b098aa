/** The learner that every other must beat: the same answer whatever the row. */
import type { Json } from '../json.js';
import {
  kindOfTargets,
  type Labels,
  type Matrix,
  type Shape,
  shapeOf,
  type TargetKind,
  type Targets,
} from '../table/matrix.js';
import { print } from '../table/print.js';
import { baseRate } from './base-rate.js';
import { checkFit, checkPredict } from './check-fit.js';
import { logOddsOf } from './log-odds.js';
import type { Contributions, FitOptions, Learner, Model } from './models.js';
import type { LearnerReader, ModelReader } from './reader.js';
import { shapeFromJson, shapeToJson } from './shape-json.js';
import { sharesOf } from './shares-of.js';
import { weightedMean } from './weighted-mean.js';
import { weightedMedian } from './weighted-median.js';

const bears = { missing: true };
const everyKind: readonly TargetKind[] = ['yesNo', 'number', 'category'];
const statistics = ['mean', 'median'] as const;

/** What `baseline` takes. */
export interface BaselineOptions {
  /** Of a target that is a number: its mean (by default), which has the least squared error, or its median, the least absolute. */
  of?: (typeof statistics)[number];
}

/**
 * Predicts what the training rows were on average: the weighted share of yes, the mean or the median of the numbers, or
 * the shares of the classes. Ranks nothing: its AUC is .5, its R² at most 0. What a model must beat to be worth anything.
 *
 * @example
 * const race = await compare(train, { features: recipe, learners: [baseline(), logistic()] });
 */
export function baseline({ of = 'mean' }: BaselineOptions = {}): Learner {
  return new Baseline(of);
}

/** The model that gives every row the same probability; other learners answer with it where all labels are equal. */
export function constantModel(shape: Shape, probability: number): Model {
  return new BaselineModel(shape, Float64Array.of(probability), 'yesNo');
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

export const baselineReader: LearnerReader = {
  kind: 'baseline',
  read: (params) => baseline({ of: params.optional('of')?.oneOf(statistics) ?? 'mean' }),
};

export const baselineModelReader: ModelReader = {
  kind: 'baseline',
  read: (json) => {
    const target = json.field('target').oneOf(everyKind);
    const bounds = target === 'number' ? {} : { min: 0, max: 1 };
    const answer = json.field('answer').numbers(bounds);
    return new BaselineModel(shapeFromJson(json.field('shape')), answer, target);
  },
};

class Baseline implements Learner {
  readonly name: string;
  readonly kind = 'baseline';
  readonly takes = everyKind;
  readonly needsFeatures = false;
  readonly params: { of?: 'median' };
  readonly #of: 'mean' | 'median';

  constructor(of: 'mean' | 'median') {
    this.name = of === 'mean' ? 'baseline' : 'baseline (median)';
    this.params = of === 'mean' ? {} : { of };
    this.#of = of;
  }

  fit(matrix: Matrix, targets: Targets, options: FitOptions): Model {
    checkFit(matrix, targets, options, { ...bears, takes: everyKind });
    options.onProgress?.(1);
    return new BaselineModel(shapeOf(matrix), this.#answer(targets, options), kindOfTargets(targets));
  }

  #answer(targets: Targets, { weights, classes }: FitOptions): Float64Array {
    if (targets instanceof Uint8Array) return Float64Array.of(baseRate(targets, weights));
    if (targets instanceof Int32Array) return sharesOf(targets, { weights, classes });
    if (this.#of === 'median') return Float64Array.of(weightedMedian(targets, weights));
    return Float64Array.of(weightedMean(targets, weights));
  }

  [print](): string {
    return `${this.name}: what the training rows were on average`;
  }
}

class BaselineModel implements Model {
  readonly kind = 'baseline';
  readonly shape: Shape;
  readonly width: number;
  readonly contributions?: (matrix: Matrix) => Contributions;
  readonly #answer: Float64Array;
  readonly #target: TargetKind;

  constructor(shape: Shape, answer: Float64Array, target: TargetKind) {
    this.shape = shape;
    this.width = answer.length;
    this.#answer = answer;
    this.#target = target;
    const [value = 0] = answer;
    // At 0 and 1 the margin is infinite, and several classes have several margins: there is no exact answer.
    if (target === 'category' || (target === 'yesNo' && !(value > 0 && value < 1))) return;
    this.contributions = (matrix) => {
      checkPredict(matrix, shape, bears);
      const columnCount = shape.length;
      return {
        ...(target === 'number' && { unit: 'target' as const }),
        base: target === 'number' ? value : logOddsOf(value),
        columnCount,
        values: new Float64Array(matrix.rowCount * columnCount),
      };
    };
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    const answers = new Float64Array(matrix.rowCount * this.width);
    for (let at = 0; at < answers.length; at += this.width) answers.set(this.#answer, at);
    return answers;
  }

  toJSON(): Json {
    return {
      kind: this.kind,
      shape: shapeToJson(this.shape),
      target: this.#target,
      answer: [...this.#answer],
    };
  }

  [print](): string {
    const [value = 0] = this.#answer;
    if (this.#target === 'category')
      return `baseline, fitted: the shares of ${this.width} classes for every row`;
    return `baseline, fitted: ${this.#target === 'number' ? '' : 'probability '}${value} for every row`;
  }
}
