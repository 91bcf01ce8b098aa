/** The package ml-naivebayes 4.0.0 (its Gaussian) as a learner, with its defects handled or, if asked for, shown. */
import type { Json, JsonObject } from '../../json.js';
import { type Labels, type Matrix, type Shape, shapeOf } from '../../table/matrix.js';
import { print } from '../../table/print.js';
import { oneClassModel } from '../baseline.js';
import { checkFit, checkPredict } from '../check-fit.js';
import { designOffsets } from '../design.js';
import { probabilityOf } from '../log-odds.js';
import type { FitOptions, Learner, Model } from '../models.js';
import type { LearnerReader, ModelReader } from '../reader.js';
import { shapeFromJson, shapeToJson } from '../shape-json.js';
import { indicatorRows } from './indicator-rows.js';
import { loadPackage } from './load-package.js';
import { refuseWeights } from './refuse-weights.js';

/** What `mlNaiveBayes` takes. */
export interface MlNaiveBayesOptions {
  /** Answer as the package does, with all its defects. By default false. */
  asPublished?: boolean;
}

/**
 * The Gaussian naive Bayes of ml-naivebayes 4.0.0. What was found in it:
 * - it learns from all columns, but its `predict` reads the first two only and answers a class, no probability;
 * - NaN gives the class -1, a column that is constant within a class gives NaN;
 * - `predict` throws when it is given exactly one row more than there are columns.
 *
 * Therefore the package only fits: the means and variances that it finds are read out, and the probability follows from
 * all columns here; variances are raised by 1e-9 of the largest (as scikit-learn's `var_smoothing` does). With
 * `asPublished` the answer is the package's own, 0 or 1 by the first two columns, where it gives one, and 0 where it
 * answers -1. Categories are given as one column of 0 and 1 a level; weights and missing numbers are refused.
 * Throws `models-no-weights`, `models-package-missing`.
 *
 * @example
 * pipeline(plainRecipe(bank), mlNaiveBayes()).fit(train).score(test);
 */
export function mlNaiveBayes({ asPublished = false }: MlNaiveBayesOptions = {}): Learner {
  return new MlNaiveBayes({ asPublished });
}

export const mlNaiveBayesReader: LearnerReader = {
  kind: 'mlNaiveBayes',
  read: (params) => mlNaiveBayes({ asPublished: params.field('asPublished').boolean() }),
};

export const mlNaiveBayesModelReader: ModelReader = {
  kind: 'mlNaiveBayes',
  read(json) {
    const shape = shapeFromJson(json.field('shape'));
    const width = designOffsets(shape)[shape.length]!;
    const pairOf = (name: string, min?: number): [Float64Array, Float64Array] => {
      const [no, yes] = json.field(name).items({ length: 2 });
      const numbers = { length: width, ...(min !== undefined && { min }) };
      return [no!.numbers(numbers), yes!.numbers(numbers)];
    };
    const [logNo, logYes] = json.field('logPriors').numbers({ length: 2, max: 0 });
    return new GaussianModel(shape, {
      logPriors: [logNo!, logYes!],
      means: pairOf('means'),
      variances: pairOf('variances', Number.MIN_VALUE),
      asPublished: json.field('asPublished').boolean(),
    });
  },
};

const bears = { missing: false };

class MlNaiveBayes implements Learner {
  readonly name: string;
  readonly kind = 'mlNaiveBayes';
  readonly params: JsonObject & Required<MlNaiveBayesOptions>;

  constructor(params: Required<MlNaiveBayesOptions>) {
    this.name = params.asPublished ? 'ml-naivebayes, as published' : 'ml-naivebayes';
    this.params = { ...params };
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, bears);
    refuseWeights(this.name, options);
    const onlyClass = oneClassModel(matrix, labels, options);
    if (onlyClass) return onlyClass;
    const { GaussianNB } = loadPackage<MlNaiveBayesPackage>('ml-naivebayes');
    const fitted = new GaussianNB();
    fitted.train(indicatorRows(matrix), Array.from(labels));
    options.onProgress?.(1);
    return new GaussianModel(shapeOf(matrix), { ...readFitted(fitted.toJSON()), ...this.params });
  }

  [print](): string {
    return this.params.asPublished
      ? 'ml-naivebayes, as published: the class by its first two columns'
      : 'ml-naivebayes: probabilities by all columns, from what the package fitted';
  }
}

/** No and yes, in this order. */
interface Gaussians {
  readonly logPriors: readonly [number, number];
  readonly means: readonly [Float64Array, Float64Array];
  readonly variances: readonly [Float64Array, Float64Array];
}

/** What the package found; predicts without it. */
class GaussianModel implements Model {
  readonly kind = 'mlNaiveBayes';
  readonly shape: Shape;
  readonly #found: Gaussians & { readonly asPublished: boolean };

  constructor(shape: Shape, found: Gaussians & { readonly asPublished: boolean }) {
    this.shape = shape;
    this.#found = found;
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    const { asPublished, logPriors } = this.#found;
    return Float64Array.from(indicatorRows(matrix), (row) => {
      const read = asPublished ? 2 : row.length;
      const [no, yes] = [this.#logDensity(0, row, read), this.#logDensity(1, row, read)];
      if (!asPublished) return probabilityOf(logPriors[1] + yes - logPriors[0] - no);
      // The package compares densities, not their logarithms: both may have sunk to 0, and then it answers -1.
      return Math.exp(logPriors[1] + yes) > Math.exp(logPriors[0] + no) ? 1 : 0;
    });
  }

  toJSON(): Json {
    const { logPriors, means, variances, asPublished } = this.#found;
    return {
      kind: this.kind,
      shape: shapeToJson(this.shape),
      logPriors: [...logPriors],
      means: means.map((values) => [...values]),
      variances: variances.map((values) => [...values]),
      asPublished,
    };
  }

  [print](): string {
    return `${this.#found.asPublished ? 'ml-naivebayes, as published' : 'ml-naivebayes'}, fitted on ${this.shape.length} columns`;
  }

  #logDensity(label: 0 | 1, row: readonly number[], read: number): number {
    const [means, variances] = [this.#found.means[label], this.#found.variances[label]];
    let sum = 0;
    for (let j = 0; j < Math.min(read, row.length); j++) {
      const variance = variances[j]!;
      sum -= (row[j]! - means[j]!) ** 2 / (2 * variance) + Math.log(2 * Math.PI * variance) / 2;
    }
    return sum;
  }
}

interface FittedGaussians {
  readonly means: readonly (readonly number[])[];
  /** By class: the logarithm of its prior, then for each column [1 / (√2π · sd), -2 · sd²]. */
  readonly calculateProbabilities: readonly (readonly [number, ...(readonly [number, number])[]])[];
}

interface MlNaiveBayesPackage {
  GaussianNB: new () => { train(rows: number[][], labels: number[]): void; toJSON(): FittedGaussians };
}

function readFitted({ means, calculateProbabilities }: FittedGaussians): Gaussians {
  const found = calculateProbabilities.map(([, ...columns]) =>
    // A class of one row has no variance: 0 divided by 0.
    Float64Array.from(columns, ([, spread]) => (Number.isNaN(spread) ? 0 : -spread / 2)),
  );
  const largest = Math.max(...found.map((variances) => Math.max(...variances)));
  const raised = found.map((variances) => variances.map((variance) => variance + (1e-9 * largest || 1e-9)));
  const [no, yes] = calculateProbabilities;
  return {
    logPriors: [no![0], yes![0]],
    means: [Float64Array.from(means[0]!), Float64Array.from(means[1]!)],
    variances: [raised[0]!, raised[1]!],
  };
}
