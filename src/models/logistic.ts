/** Logistic regression with a quadratic penalty: the learner. */
import type { Labels, Matrix } from '../table/matrix.js';
import { print } from '../table/print.js';
import { oneClassModel } from './baseline.js';
import { checkFit } from './check-fit.js';
import { checkParameters } from './check-parameters.js';
import { designOf } from './design.js';
import { linearModelOf } from './linear-model.js';
import { LogisticLoss } from './logistic-loss.js';
import { lbfgs, newton } from './minimise-logistic.js';
import type { FitOptions, Learner, Model } from './models.js';
import type { LearnerReader } from './reader.js';

/** Beyond it, a factorisation in every step costs more than the few steps save. */
const mostColumnsForNewton = 150;

/** What `logistic` takes. */
export interface LogisticOptions {
  /** The penalty is l2/2·‖coefficients‖², the intercept being free of it: scikit-learn's 1/C. By default 1. */
  l2?: number;
  /**
   * The gradient of the mean loss at which to stop, each component taken for a column of standard deviation 1.
   * By default 1e-8. Where rounding hides any decrease before that, 1e-6 will do.
   */
  tolerance?: number;
  /** By default 1,000. */
  maxIterations?: number;
}

/**
 * Logistic regression: log-odds linear in numbers and in indicators of category levels. The penalty sees columns as
 * they are, so scale numbers first. Minimises the same loss as scikit-learn's `LogisticRegression(C=1/l2)`.
 * `fit` throws `models-not-converged` where the tolerance is not reached, `models-missing` for missing numbers.
 *
 * @example
 * pipeline(plainRecipe(bank), logistic({ l2: 1 })).fit(train).score(test);
 */
export function logistic(options: LogisticOptions = {}): Learner {
  return new Logistic({ l2: 1, tolerance: 1e-8, maxIterations: 1000, ...options });
}

export const logisticReader: LearnerReader = {
  kind: 'logistic',
  read: (params) =>
    logistic({
      l2: params.field('l2').number(),
      tolerance: params.field('tolerance').number(),
      maxIterations: params.field('maxIterations').number(),
    }),
};

class Logistic implements Learner {
  readonly name = 'logistic';
  readonly kind = 'logistic';
  readonly params: { l2: number; tolerance: number; maxIterations: number };

  constructor(params: { l2: number; tolerance: number; maxIterations: number }) {
    checkParameters('logistic', params, {
      l2: { min: 0 },
      tolerance: { above: 0 },
      maxIterations: { min: 1, integer: true },
    });
    this.params = params;
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, { missing: false });
    const onlyClass = oneClassModel(matrix, labels, options);
    if (onlyClass) return onlyClass;
    const { weights, signal, onProgress } = options;
    const { l2, tolerance, maxIterations } = this.params;
    const design = designOf(matrix);
    const loss = new LogisticLoss(design, labels, { weights, l2 });
    const minimise = design.width <= mostColumnsForNewton ? newton : lbfgs;
    // Newton's method takes about 7 steps, so 8 iterations are shown as half of the way.
    const onIteration = (k: number): void => onProgress?.(k / (k + 8));
    const { coefficients } = minimise(loss, { tolerance, maxIterations, signal, onIteration });
    onProgress?.(1);
    return linearModelOf(matrix, coefficients, { kind: 'logistic', weights: loss.weights });
  }

  [print](): string {
    const { l2, tolerance } = this.params;
    return `logistic (l2 = ${l2}, tolerance = ${tolerance})`;
  }
}
