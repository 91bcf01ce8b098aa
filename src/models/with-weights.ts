/** Weighs the classes while another learner fits. */
import type { JsonObject } from '../json.js';
import type { Labels, Matrix } from '../table/matrix.js';
import { print } from '../table/print.js';
import { baseRate } from './base-rate.js';
import { oneClassModel } from './baseline.js';
import { checkFit } from './check-fit.js';
import { checkInside } from './check-inside.js';
import { checkParameters } from './check-parameters.js';
import { describe } from './describe.js';
import type { FitOptions, Learner, Model, Refusals } from './models.js';
import { type LearnerReader, learnerJson } from './reader.js';
import {
  type Correction,
  correctionText,
  fitAtTrueRate,
  readCorrection,
  type SampledFit,
} from './true-rate.js';

/** How much a row of each class weighs, or 'balanced': so that both classes weigh the same in all. */
export type ClassWeights = 'balanced' | { readonly yes: number; readonly no: number };

/** What `withWeights` takes beside the weights. */
export interface WithWeightsOptions {
  /** Bring probabilities back to the true base rate, and how. By default true. */
  correct?: Correction;
}

/**
 * `learner`, fitted with class weights on top of any row weights it is given. 'balanced' weighs a row of a class by
 * (weight of all rows) / (2 · weight of that class), as scikit-learn does. The ranking changes little; without the
 * correction probabilities rise to another base rate than the true one (see `fitAtTrueRate`).
 *
 * @example
 * pipeline(recipe, withWeights(logistic(), 'balanced')).fit(train);
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
      { correct: readCorrection(params.field('correct')) },
    );
  },
};

const refuses: Refusals = {
  number: {
    why: 'it weighs two classes, and a number has none',
    remedy: 'leave `withWeights` out; let late rows count more with `withRecency` where that is meant',
  },
};

class WithWeights implements Learner {
  readonly name: string;
  readonly kind = 'withWeights';
  readonly refuses = refuses;
  readonly params: JsonObject;
  readonly #learner: Learner;
  readonly #weights: ClassWeights;
  readonly #correct: Correction;

  constructor(learner: Learner, weights: ClassWeights, correct: Correction) {
    if (weights !== 'balanced')
      checkParameters('withWeights', weights, { yes: { above: 0 }, no: { above: 0 } });
    checkInside(learner, { wrapper: '`withWeights`', kind: 'yesNo', refuses });
    this.name = `${learner.name} + weights`;
    const saved = weights === 'balanced' ? weights : { yes: weights.yes, no: weights.no };
    this.params = { learner: learnerJson(learner), weights: saved, correct };
    this.#learner = learner;
    this.#weights = weights;
    this.#correct = correct;
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, { missing: true });
    const onlyClass = oneClassModel(matrix, labels, options);
    if (onlyClass) return onlyClass;
    const fit: SampledFit = (...rows) => this.#fitWeighted(...rows);
    return fitAtTrueRate(fit, { matrix, labels, correct: this.#correct }, options);
  }

  #fitWeighted(matrix: Matrix, labels: Labels, options: FitOptions): { model: Model; sampledRate: number } {
    const rate = baseRate(labels, options.weights);
    const balanced = { yes: 0.5 / rate, no: 0.5 / (1 - rate) };
    const { yes, no } = this.#weights === 'balanced' ? balanced : this.#weights;
    const weights = Float64Array.from(
      labels,
      (label, i) => (label === 1 ? yes : no) * (options.weights?.[i] ?? 1),
    );
    const model = this.#learner.fit(matrix, labels, { ...options, weights });
    return { model, sampledRate: baseRate(labels, weights) };
  }

  [print](): string {
    const weights =
      this.#weights === 'balanced' ? 'balanced' : `yes ${this.#weights.yes}, no ${this.#weights.no}`;
    return `${describe(this.#learner)} + weights (${weights}${correctionText(this.#correct)})`;
  }
}
