/** Linear regression with a quadratic penalty, for a target that is a number: the learner. */
import type { Matrix, Numbers, TargetKind } from '../table/matrix.js';
import { print } from '../table/print.js';
import { checkFit } from './check-fit.js';
import { checkParameters } from './check-parameters.js';
import { factorOf, solveFactorised } from './cholesky.js';
import { type Design, designOf, times, transposedTimes, weightedGram } from './design.js';
import { linearModelOf } from './linear-model.js';
import type { FitOptions, Learner, Model } from './models.js';
import type { LearnerReader } from './reader.js';

/** What `ridge` takes. */
export interface RidgeOptions {
  /** The penalty is l2·‖coefficients‖², the intercept being free of it: scikit-learn's alpha. By default 1. */
  l2?: number;
}

const takes: readonly TargetKind[] = ['number'];

/**
 * Ridge regression: a number, linear in numbers and in indicators of category levels. Minimises
 * Σ weight·(target − prediction)² + l2·‖coefficients‖², as scikit-learn's `Ridge(alpha=l2)` does. The penalty sees
 * columns as they are, so scale numbers first. `l2: 0` gives least squares. `fit` throws `models-missing` for missing
 * numbers.
 *
 * @example
 * const { train, test } = splitByOrder(sales);
 * pipeline(salesRecipe, ridge({ l2: 1 })).fit(train).score(test);
 */
export function ridge({ l2 = 1 }: RidgeOptions = {}): Learner {
  return new Ridge(l2);
}

export const ridgeReader: LearnerReader = {
  kind: 'ridge',
  read: (params) => ridge({ l2: params.field('l2').number() }),
};

class Ridge implements Learner {
  readonly name = 'ridge';
  readonly kind = 'ridge';
  readonly takes = takes;
  readonly params: { l2: number };

  constructor(l2: number) {
    checkParameters('ridge', { l2 }, { l2: { min: 0 } });
    this.params = { l2 };
  }

  fit(matrix: Matrix, targets: Numbers, options: FitOptions): Model {
    checkFit(matrix, targets, options, { missing: false, takes });
    const weights = options.weights ?? new Float64Array(matrix.rowCount).fill(1);
    const solution = solve(designOf(matrix), { targets, weights, l2: this.params.l2 });
    options.onProgress?.(1);
    return linearModelOf(matrix, solution, { kind: 'ridge', weights });
  }

  [print](): string {
    return `ridge (l2 = ${this.params.l2})`;
  }
}

/** Newton's method is exact after one step; the others take away what rounding left. */
const steps = 4;

/** The coefficients and, last, the intercept. */
function solve(
  design: Design,
  { targets, weights, l2 }: { targets: Numbers; weights: Float64Array; l2: number },
): Float64Array {
  const { width } = design;
  const gram = weightedGram(design, weights);
  for (let j = 0; j < width - 1; j++) gram[j * width + j]! += l2;
  const factor = factorOf(gram, width);
  const solution = new Float64Array(width);
  for (let step = 0; step < steps; step++) {
    const predicted = times(design, solution);
    const residuals = predicted.map((value, i) => weights[i]! * (targets[i]! - value));
    const gradient = transposedTimes(design, residuals);
    for (let j = 0; j < width - 1; j++) gradient[j]! -= l2 * solution[j]!;
    const change = solveFactorised(factor, gradient);
    for (let j = 0; j < width; j++) solution[j]! += change[j]!;
  }
  return solution;
}
