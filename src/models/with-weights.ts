/** Weighs the classes while another learner fits. */
import type { JsonObject } from '../json.js';
import type { Labels, Matrix } from '../table/matrix.js';
import { baseRate } from './base-rate.js';
import { oneClassModel } from './baseline.js';
import { checkFit } from './check-fit.js';
import { describe } from './describe-model.js';
import type { FitOptions, Learner, Model } from './models.js';
import { checkParameters } from './parameters.js';
import { print } from './print.js';
import { type LearnerReader, learnerJson } from './reader.js';
import { atTrueRate } from './true-rate.js';

/** How much a row of each class weighs, or 'balanced': so that both classes weigh the same in all. */
export type ClassWeights = 'balanced' | { readonly yes: number; readonly no: number };

/** What `withWeights` takes beside the weights. */
export interface WithWeightsOptions {
  /** Bring probabilities back to the true base rate. By default true. */
  correct?: boolean;
}

/**
 * `learner`, fitted with class weights on top of any row weights it is given. 'balanced' weighs a row of a class by
 * (weight of all rows) / (2 · weight of that class), as scikit-learn does. The ranking changes little; without the
 * correction probabilities rise to another base rate than the true one (see `atTrueRate`).
 */
export function withWeights(
  learner: Learner,
  weights: ClassWeights,
  options: WithWeightsOptions = {},
): Learner {
  return new WithWeights(learner, weights, options.correct ?? true);
}

export const withWeightsReader: LearnerReader = {
  kind: 'withWeights',
  read(params, readLearner) {
    const weights = params.field('weights');
    return withWeights(
      readLearner(params.field('learner')),
      weights.value === 'balanced'
        ? 'balanced'
        : { yes: weights.field('yes').number(), no: weights.field('no').number() },
      { correct: params.field('correct').boolean() },
    );
  },
};

class WithWeights implements Learner {
  readonly name: string;
  readonly kind = 'withWeights';
  readonly params: JsonObject;
  readonly #learner: Learner;
  readonly #weights: ClassWeights;
  readonly #correct: boolean;

  constructor(learner: Learner, weights: ClassWeights, correct: boolean) {
    if (weights !== 'balanced')
      checkParameters('withWeights', weights, { yes: { above: 0 }, no: { above: 0 } });
    this.name = `${learner.name} + weights`;
    const saved = weights === 'balanced' ? weights : { yes: weights.yes, no: weights.no };
    this.params = { learner: learnerJson(learner), weights: saved, correct };
    this.#learner = learner;
    this.#weights = weights;
    this.#correct = correct;
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, { missing: true });
    const onlyClass = oneClassModel(matrix, labels, options.weights);
    if (onlyClass) {
      options.onProgress?.(1);
      return onlyClass;
    }
    const rate = baseRate(labels, options.weights);
    const { yes, no } =
      this.#weights === 'balanced' ? { yes: 0.5 / rate, no: 0.5 / (1 - rate) } : this.#weights;
    const weights = Float64Array.from(
      labels,
      (label, i) => (label === 1 ? yes : no) * (options.weights?.[i] ?? 1),
    );
    const model = this.#learner.fit(matrix, labels, { ...options, weights });
    if (!this.#correct) return model;
    return atTrueRate(model, { matrix, labels, weights: options.weights }, baseRate(labels, weights));
  }

  [print](): string {
    const weights =
      this.#weights === 'balanced' ? 'balanced' : `yes ${this.#weights.yes}, no ${this.#weights.no}`;
    return `${describe(this.#learner)} + weights (${weights}${this.#correct ? '' : ', not corrected'})`;
  }
}
