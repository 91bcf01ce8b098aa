/** The random forest as a learner: labels in, an average of leaf frequencies out. */
import type { Json, JsonObject, JsonReader } from '../json.js';
import { baseRate } from '../models/base-rate.js';
import { constantModel, oneClassModel } from '../models/baseline.js';
import { checkFit, checkPredict } from '../models/check-fit.js';
import type { Contributions, FitOptions, Learner, Model } from '../models/models.js';
import { checkParameters } from '../models/parameters.js';
import type { LearnerReader, ModelReader } from '../models/reader.js';
import { shapeFromJson, shapeToJson } from '../models/shape-json.js';
import { showProgress } from '../progress.js';
import type { Labels, Matrix, Shape } from '../table/matrix.js';
import { shapeOf } from '../table/matrix.js';
import { print } from '../table/print.js';
import { growForest } from './forest-pool.js';
import type { ForestRules } from './grow-forest.js';
import { addTrees } from './predictor.js';
import { treeContributions } from './tree-shap.js';
import { joinTrees, type Trees, treeCount } from './trees.js';
import { treesFromJson, treesToJson } from './trees-json.js';

/** What a forest may be told; each has a default. */
export interface ForestOptions {
  /** How many trees; by default 300. */
  trees?: number;
  /** Rows in a leaf, at least; by default 5. Saved size and noise fall as it grows. */
  minLeaf?: number;
  /** Splits from root to leaf, at most; by default without limit. */
  maxDepth?: number;
  /** Columns tried at each split: 'sqrt' (the default) of their number, or a share of it in (0, 1]. */
  columnSample?: 'sqrt' | number;
  /** Whether each tree draws its rows with putting back; by default true. */
  bootstrap?: boolean;
  /** Bins of a column, at most; by default 255. */
  bins?: number;
}

/** A forest with what the rows it was fitted on got from the trees that had not seen them. */
export interface ForestWithOutOfBag {
  readonly model: Model;
  /** A probability a row; NaN for a row that every tree has seen. */
  readonly outOfBag: Float64Array;
}

const bears = { missing: true };

/**
 * A random forest (Breiman 2001) on binned columns; the probability is the mean of the leaves' shares of ones. Bears
 * missing numbers, takes categories as they are, and needs no scaling. Throws `models-parameter`.
 *
 * @example
 * pipeline(rawRecipe(bank), randomForest({ trees: 50, minLeaf: 5 })).fit(train).score(test);
 */
export function randomForest(options: ForestOptions = {}): Learner {
  return new RandomForest(forestRules(options));
}

/**
 * Fits a forest and estimates, for each training row, its probability by the trees whose draw left it out: an honest
 * estimate without a held-out set, as long as rows are independent. Throws as `fit` does.
 */
export function fitWithOutOfBag(
  matrix: Matrix,
  labels: Labels,
  options: FitOptions & { forest?: ForestOptions },
): ForestWithOutOfBag {
  const sums = new Float64Array(matrix.rowCount);
  const counts = new Uint32Array(matrix.rowCount);
  const model = fitForest(forestRules(options.forest ?? {}), matrix, labels, options, (tree, drawn) => {
    const values = addTrees(tree, matrix, 0);
    for (let i = 0; i < drawn.length; i++) {
      if (drawn[i]! > 0) continue;
      sums[i]! += values[i]!;
      counts[i]!++;
    }
  });
  return { model, outOfBag: sums.map((sum, i) => sum / counts[i]!) };
}

export const forestReader: LearnerReader = {
  kind: 'random-forest',
  read(params) {
    const depth = params.field('maxDepth');
    const sample = params.field('columnSample');
    return randomForest({
      trees: params.field('trees').number(),
      minLeaf: params.field('minLeaf').number(),
      maxDepth: depth.value === null ? undefined : depth.number(),
      columnSample: typeof sample.value === 'number' ? sample.number() : sample.oneOf(['sqrt'] as const),
      bootstrap: params.field('bootstrap').boolean(),
      bins: params.field('bins').number(),
    });
  },
};

export const forestModelReader: ModelReader = {
  kind: 'random-forest',
  read(json: JsonReader) {
    const trees = treesFromJson(json.field('trees'), shapeFromJson(json.field('shape')));
    if (treeCount(trees) === 0) json.field('trees').fail('at least one tree');
    return new ForestModel(trees);
  },
};

function forestRules(options: ForestOptions): ForestRules {
  const rules: ForestRules = {
    trees: options.trees ?? 300,
    minLeaf: options.minLeaf ?? 5,
    maxDepth: options.maxDepth ?? Infinity,
    columnSample: options.columnSample ?? 'sqrt',
    bootstrap: options.bootstrap ?? true,
    bins: options.bins ?? 255,
  };
  const { trees, minLeaf, bins, columnSample, maxDepth } = rules;
  checkParameters(
    'random forest',
    {
      ...{ trees, minLeaf, bins },
      maxDepth: maxDepth === Infinity ? 1 : maxDepth,
      columnSample: columnSample === 'sqrt' ? 1 : columnSample,
    },
    {
      trees: { min: 1, integer: true },
      minLeaf: { min: 1, integer: true },
      maxDepth: { min: 1, integer: true },
      columnSample: { above: 0, max: 1 },
      bins: { min: 2, max: 255, integer: true },
    },
  );
  return rules;
}

function fitForest(
  rules: ForestRules,
  matrix: Matrix,
  labels: Labels,
  options: FitOptions,
  onTree?: (tree: Trees, drawn: Uint16Array) => void,
): Model {
  checkFit(matrix, labels, options, bears);
  const onlyClass = oneClassModel(matrix, labels, options);
  if (onlyClass) return onlyClass;
  // No column to split on.
  if (matrix.columns.length === 0) return constantModel([], baseRate(labels, options.weights));
  const trees = growForest(matrix, labels, rules, options, onTree);
  return new ForestModel(joinTrees(shapeOf(matrix), trees));
}

class RandomForest implements Learner {
  readonly name = 'random forest';
  readonly kind = 'random-forest';
  readonly params: JsonObject;
  readonly #rules: ForestRules;

  constructor(rules: ForestRules) {
    this.#rules = rules;
    this.params = { ...rules, maxDepth: Number.isFinite(rules.maxDepth) ? rules.maxDepth : null };
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    return showProgress(this.name, options, (given) => fitForest(this.#rules, matrix, labels, given));
  }

  [print](): string {
    return `random forest: ${this.#rules.trees} trees, at least ${this.#rules.minLeaf} rows in a leaf`;
  }
}

class ForestModel implements Model {
  readonly kind = 'random-forest';
  readonly shape: Shape;
  readonly #trees: Trees;

  constructor(trees: Trees) {
    this.#trees = trees;
    this.shape = trees.shape;
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    const count = treeCount(this.#trees);
    return addTrees(this.#trees, matrix, 0).map((sum) => Math.min(1, Math.max(0, sum / count)));
  }

  /** Exact Shapley values of the probability (TreeSHAP): a forest adds up probabilities, not log-odds. */
  contributions(matrix: Matrix): Contributions {
    checkPredict(matrix, this.shape, bears);
    const count = treeCount(this.#trees);
    const { base, values } = treeContributions(this.#trees, matrix);
    return {
      unit: 'probability',
      base: base / count,
      columnCount: this.shape.length,
      values: values.map((value) => value / count),
    };
  }

  toJSON(): Json {
    return { kind: this.kind, shape: shapeToJson(this.shape), trees: treesToJson(this.#trees) };
  }

  [print](): string {
    const leaves = this.#trees.column.filter((j) => j < 0).length;
    return `random forest, fitted: ${treeCount(this.#trees)} trees with ${leaves} leaves`;
  }
}
