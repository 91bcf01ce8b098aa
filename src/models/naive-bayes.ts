/** Naive Bayes over numbers (Gaussian) and categories together, in log space: the learner. */

import { Problem } from '../problem.js';
import { type Feature, type Labels, type Matrix, shapeOf } from '../table/matrix.js';
import { print } from '../table/print.js';
import { baseRate } from './base-rate.js';
import { oneClassModel } from './baseline.js';
import { checkFit } from './check-fit.js';
import { checkParameters } from './check-parameters.js';
import { logOddsOf } from './log-odds.js';
import type { FitOptions, Learner, Model } from './models.js';
import { type ColumnEvidence, naiveBayesModel } from './naive-bayes-model.js';
import type { LearnerReader } from './reader.js';

/** What `naiveBayes` takes. */
export interface NaiveBayesOptions {
  /** Added to the count of every category level in each class (Laplace's rule at 1, the default). Above 0. */
  smoothing?: number;
  /** This share of the largest variance among the number columns is added to every variance. By default 1e-9. */
  varianceSmoothing?: number;
}

/**
 * Naive Bayes: given the class, columns are taken as independent; numbers as normal, categories by their smoothed
 * counts. A missing number and the code -1 say nothing. Agrees with scikit-learn's `GaussianNB` on numbers alone
 * and `CategoricalNB` on categories alone. Its probabilities are too sure where columns depend on each other: put
 * `withCalibration` around it where they matter.
 *
 * @example
 * pipeline(recipe, naiveBayes()).fit(train).score(test);
 */
export function naiveBayes(options: NaiveBayesOptions = {}): Learner {
  return new NaiveBayes({ smoothing: 1, varianceSmoothing: 1e-9, ...options });
}

export const naiveBayesReader: LearnerReader = {
  kind: 'naiveBayes',
  read: (params) =>
    naiveBayes({
      smoothing: params.field('smoothing').number(),
      varianceSmoothing: params.field('varianceSmoothing').number(),
    }),
};

class NaiveBayes implements Learner {
  readonly name = 'naive Bayes';
  readonly kind = 'naiveBayes';
  readonly params: { smoothing: number; varianceSmoothing: number };

  constructor(params: { smoothing: number; varianceSmoothing: number }) {
    checkParameters('naiveBayes', params, { smoothing: { above: 0 }, varianceSmoothing: { above: 0 } });
    this.params = params;
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, { missing: true });
    const onlyClass = oneClassModel(matrix, labels, options);
    if (onlyClass) return onlyClass;
    const { weights, onProgress } = options;
    const { smoothing, varianceSmoothing } = this.params;
    const moments = matrix.columns.map((column, j) =>
      column.kind === 'number' ? momentsOf(column.values, labels, weights, j) : undefined,
    );
    const largest = moments.reduce((most, m) => Math.max(most, m?.variance ?? 0), 0);
    const evidence = matrix.columns.map((column, j): ColumnEvidence => {
      const m = moments[j];
      if (m) return gaussian(m, varianceSmoothing * largest);
      return { kind: 'category', logRatios: levelRatios(column, labels, { weights, smoothing }) };
    });
    onProgress?.(1);
    return naiveBayesModel({
      shape: shapeOf(matrix),
      prior: logOddsOf(baseRate(labels, weights)),
      evidence,
    });
  }

  [print](): string {
    const { smoothing, varianceSmoothing } = this.params;
    return `naive Bayes (smoothing = ${smoothing}, varianceSmoothing = ${varianceSmoothing})`;
  }
}

/** Of one number column: by class (0, 1), and the variance over both. Of what is there and weighs anything. */
interface Moments {
  means: [number, number];
  variances: [number, number];
  variance: number;
  bothSeen: boolean;
}

// Two passes, since the sum of squares less the square of the sum loses what is small beside the mean.
function momentsOf(
  values: Float64Array,
  labels: Labels,
  weights: Float64Array | undefined,
  column: number,
): Moments {
  const total: [number, number] = [0, 0];
  const sum: [number, number] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const label = labels[i] as 0 | 1;
    const weight = weights ? weights[i]! : 1;
    total[label] += weight;
    sum[label] += weight * value;
  }
  const bothSeen = total[0] > 0 && total[1] > 0;
  const means: [number, number] = [sum[0] / total[0], sum[1] / total[1]];
  const mean = (sum[0] + sum[1]) / (total[0] + total[1]);
  const squares: [number, number] = [0, 0];
  let square = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const label = labels[i] as 0 | 1;
    const weight = weights ? weights[i]! : 1;
    squares[label] += weight * (value - means[label]) ** 2;
    square += weight * (value - mean) ** 2;
  }
  const all = total[0] + total[1];
  if (all > 0 && !Number.isFinite(square + mean * mean)) {
    throw new Problem({
      code: 'models-overflow',
      what: `the numbers in column ${column} of the matrix are too large to be squared`,
      remedy: 'scale the column',
    });
  }
  // Numbers that are all the same differ from their computed mean by rounding alone.
  const constant = all === 0 || square / all <= 1e-24 * mean * mean;
  return {
    means,
    variances: [squares[0] / total[0], squares[1] / total[1]],
    variance: constant ? 0 : square / all,
    bothSeen,
  };
}

// A column seen in one class only, or the same everywhere, says nothing.
function gaussian({ means, variances, bothSeen }: Moments, added: number): ColumnEvidence {
  if (!bothSeen || !(added > 0)) return { kind: 'nothing' };
  return { kind: 'number', means, variances: [variances[0] + added, variances[1] + added] };
}

function levelRatios(
  column: Feature,
  labels: Labels,
  { weights, smoothing }: { weights?: Float64Array; smoothing: number },
): Float64Array {
  if (column.kind !== 'category') return new Float64Array(0);
  const counts = [new Float64Array(column.levels), new Float64Array(column.levels)] as const;
  const totals: [number, number] = [smoothing * column.levels, smoothing * column.levels];
  for (let i = 0; i < labels.length; i++) {
    const code = column.codes[i]!;
    if (code < 0) continue;
    const label = labels[i] as 0 | 1;
    const weight = weights ? weights[i]! : 1;
    counts[label][code]! += weight;
    totals[label] += weight;
  }
  return Float64Array.from({ length: column.levels }, (_, code) => {
    const ones = Math.log(counts[1][code]! + smoothing) - Math.log(totals[1]);
    return ones - (Math.log(counts[0][code]! + smoothing) - Math.log(totals[0]));
  });
}
