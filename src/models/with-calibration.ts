/** Calibrates another learner's probabilities on predictions that it made out of fold. */
import type { JsonObject } from '../json.js';
import type { Labels, Matrix } from '../table/matrix.js';
import { print } from '../table/print.js';
import { baseRate } from './base-rate.js';
import { oneClassModel } from './baseline.js';
import { type Calibration, calibratedModel } from './calibrated-model.js';
import { checkFit } from './check-fit.js';
import { checkInside } from './check-inside.js';
import { checkParameters } from './check-parameters.js';
import { describe } from './describe.js';
import { fitIsotonic } from './isotonic.js';
import { finiteLogOddsOf } from './log-odds.js';
import type { FitOptions, Learner, Model, Refusals } from './models.js';
import { progressPart } from './nested-fit.js';
import { type OutOfFold, predictOutOfFold } from './out-of-fold.js';
import { fitPlatt } from './platt.js';
import { type LearnerReader, learnerJson } from './reader.js';
import { shiftToMean } from './shifted-model.js';

/** What `withCalibration` takes. */
export interface WithCalibrationOptions {
  /** 'isotonic' (the default): any rising curve, for many rows. 'platt': a logistic curve, for few. */
  method?: 'isotonic' | 'platt';
  /** How many inner folds. By default 5. */
  folds?: number;
}

/**
 * `learner`, calibrated: it predicts every training row out of fold (see `innerFolds`: forward in time where rows are
 * `ordered`, whole groups where there are any), a curve is fitted to these predictions, and the learner is fitted again
 * on all rows. A curve of Platt's that falls would turn the ranking round, which folds of very different base rates can
 * bring about where the learner itself is sound; the log-odds are then only shifted to the right mean. The isotonic curve is kept within 1/(n + 2) of 0 and 1, n being the number of rows it saw, since no
 * sample shows that something is impossible.
 *
 * @example
 * pipeline(recipe, withCalibration(naiveBayes(), { method: 'isotonic' })).fit(train);
 */
export function withCalibration(learner: Learner, options: WithCalibrationOptions = {}): Learner {
  const { method = 'isotonic', folds = 5 } = options;
  return new WithCalibration(learner, method, folds);
}

export const withCalibrationReader: LearnerReader = {
  kind: 'withCalibration',
  read: (params, readLearner) =>
    withCalibration(readLearner(params.field('learner')), {
      method: params.field('method').oneOf(['isotonic', 'platt'] as const),
      folds: params.field('folds').number(),
    }),
};

const refuses: Refusals = {
  number: {
    why: 'it calibrates the probability of yes, and a number has none',
    remedy: 'leave `withCalibration` out; `withIntervals` says how far off a number may be',
  },
};

class WithCalibration implements Learner {
  readonly name: string;
  readonly kind = 'withCalibration';
  readonly refuses = refuses;
  readonly params: JsonObject;
  readonly #learner: Learner;
  readonly #method: 'isotonic' | 'platt';
  readonly #folds: number;

  constructor(learner: Learner, method: 'isotonic' | 'platt', folds: number) {
    checkParameters('withCalibration', { folds }, { folds: { min: 2, integer: true } });
    checkInside(learner, { wrapper: '`withCalibration`', kind: 'yesNo', refuses });
    this.name = `${learner.name} + calibration`;
    this.params = { learner: learnerJson(learner), method, folds };
    this.#learner = learner;
    this.#method = method;
    this.#folds = folds;
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, { missing: true });
    const onlyClass = oneClassModel(matrix, labels, options);
    if (onlyClass) return onlyClass;
    const rows = { matrix, targets: labels, folds: this.#folds };
    const judged = predictOutOfFold((...own) => this.#learner.fit(...own), rows, options);
    const onProgress = progressPart(options.onProgress, this.#folds, this.#folds + 1);
    const model = this.#learner.fit(matrix, labels, { ...options, onProgress });
    return judged.targets.length === 0 ? model : calibratedModel(model, this.#calibration(judged));
  }

  #calibration({ predicted: probabilities, targets: labels, weights }: OutOfFold<Labels>): Calibration {
    if (this.#method === 'platt') {
      const curve = fitPlatt(probabilities.map(finiteLogOddsOf), labels, weights);
      if (curve.slope > 0) return { method: 'platt', ...curve };
      const intercept = shiftToMean(probabilities, baseRate(labels, weights), weights) ?? 0;
      return { method: 'platt', slope: 1, intercept };
    }
    const { x, y } = fitIsotonic(probabilities, labels, weights);
    const edge = 1 / (labels.length + 2);
    return { method: 'isotonic', x, y: y.map((value) => Math.min(Math.max(value, edge), 1 - edge)) };
  }

  [print](): string {
    return `${describe(this.#learner)} + calibration (${this.#method}, ${this.#folds} folds)`;
  }
}
