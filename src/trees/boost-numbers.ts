/** Boosting for numbers: squared loss for the mean, quantile loss for a quantile. */
import type { Json, JsonReader } from '../json.js';
import { checkFit, checkPredict } from '../models/check-fit.js';
import type { FitOptions } from '../models/models.js';
import { checkParameters } from '../models/parameters.js';
import { shapeFromJson, shapeToJson } from '../models/shape-json.js';
import { Problem } from '../problem.js';
import type { Matrix, Shape } from '../table/matrix.js';
import { print } from '../table/print.js';
import { type BoostedTrees, boost } from './boost.js';
import { type BoostingOptions, boostingRules, checkMonotone } from './boosting.js';
import { addTrees } from './predictor.js';
import { treeContributions } from './tree-shap.js';
import { treeCount } from './trees.js';
import { treesFromJson, treesToJson } from './trees-json.js';

/** How to boost numbers; what a fit may be given (seed, weights, order, …) stands beside the parameters. */
export interface BoostNumbersOptions extends BoostingOptions, FitOptions {
  /** 'squared' (the default) for the mean, or the quantile to predict, in (0, 1). */
  loss?: 'squared' | { quantile: number };
}

/** A fitted model of numbers. */
export interface NumberModel {
  readonly shape: Shape;
  /** The predicted mean or quantile of each row, in the targets' unit. */
  predict(matrix: Matrix): Float64Array;
  /** Exact Shapley values, row-major, in the targets' unit: `base` plus a row's values is its prediction. */
  contributions(matrix: Matrix): { base: number; columnCount: number; values: Float64Array };
  toJSON(): Json;
}

const bears = { missing: true };

/**
 * Gradient boosted trees for numbers (Friedman 2001); with quantile loss each leaf takes the quantile of its residuals
 * (Koenker and Bassett 1978 for the loss). Targets are finite numbers, one a row. Throws `models-parameter`,
 * `boosting-targets` and what every fit throws.
 *
 * @example
 * boostNumbers(matrix, train.table.numbers('balance'), { loss: 'squared', trees: 20, seed: 7 });
 */
export function boostNumbers(
  matrix: Matrix,
  targets: Float64Array,
  options: BoostNumbersOptions,
): NumberModel {
  const rules = boostingRules(options);
  const loss = options.loss ?? 'squared';
  if (loss !== 'squared')
    checkParameters('boosting', { ...loss }, { quantile: { above: 0, max: 1 - Number.EPSILON } });
  checkFit(matrix, new Uint8Array(matrix.rowCount), options, bears);
  checkMonotone(matrix, rules.monotone);
  const wrong = targets.findIndex((target) => !Number.isFinite(target));
  if (wrong >= 0 || targets.length !== matrix.rowCount) {
    throw new Problem({
      code: 'boosting-targets',
      what:
        wrong >= 0 ? 'a target cannot be learned' : 'the number of targets differs from the number of rows',
      where: wrong >= 0 ? { row: wrong } : undefined,
      got: wrong >= 0 ? String(targets[wrong]) : String(targets.length),
      expected: wrong >= 0 ? 'a finite number' : String(matrix.rowCount),
    });
  }
  return new BoostedNumbers(boost({ ...options, matrix, targets }, rules, loss));
}

/** The model that a `toJSON` gave, predicting the same bits. Throws `artefact-structure`. */
export function numberModelFromJson(json: JsonReader): NumberModel {
  json.field('kind').oneOf(['boosted-numbers']);
  const shape = shapeFromJson(json.field('shape'));
  return new BoostedNumbers({
    base: json.field('base').number(),
    trees: treesFromJson(json.field('trees'), shape),
  });
}

class BoostedNumbers implements NumberModel {
  readonly shape: Shape;
  readonly #boosted: BoostedTrees;

  constructor(boosted: BoostedTrees) {
    this.#boosted = boosted;
    this.shape = boosted.trees.shape;
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    return addTrees(this.#boosted.trees, matrix, this.#boosted.base);
  }

  contributions(matrix: Matrix): { base: number; columnCount: number; values: Float64Array } {
    checkPredict(matrix, this.shape, bears);
    const { base, values } = treeContributions(this.#boosted.trees, matrix);
    return { base: base + this.#boosted.base, columnCount: this.shape.length, values };
  }

  toJSON(): Json {
    const { base, trees } = this.#boosted;
    return { kind: 'boosted-numbers', shape: shapeToJson(this.shape), base, trees: treesToJson(trees) };
  }

  [print](): string {
    return `boosting for numbers, fitted: ${treeCount(this.#boosted.trees)} trees`;
  }
}
