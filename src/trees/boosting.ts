/** Boosting as a learner: labels in, a model of log-odds out. */
import type { Json, JsonObject, JsonReader } from '../json.js';
import { oneClassModel } from '../models/baseline.js';
import { checkFit, checkPredict } from '../models/check-fit.js';
import { probabilityOf } from '../models/log-odds.js';
import type { Contributions, FitOptions, Learner, Model } from '../models/models.js';
import { checkParameters } from '../models/parameters.js';
import type { LearnerReader, ModelReader } from '../models/reader.js';
import { shapeFromJson, shapeToJson } from '../models/shape-json.js';
import { Problem } from '../problem.js';
import { showProgress } from '../progress.js';
import type { Labels, Matrix, Shape } from '../table/matrix.js';
import { print } from '../table/print.js';
import { type BoostedTrees, type BoostingRules, boost } from './boost.js';
import { addTrees } from './predictor.js';
import { treeContributions } from './tree-shap.js';
import { treeCount } from './trees.js';
import { treesFromJson, treesToJson } from './trees-json.js';

/** What boosting may be told; each has a default. */
export interface BoostingOptions {
  /** How many trees, at most; by default 200. */
  trees?: number;
  /** Leaves of a tree, at most; by default 31. */
  leaves?: number;
  /** The share of each step that is taken; by default 0.05. */
  learningRate?: number;
  /** Rows in a leaf, at least; by default 20. */
  minLeaf?: number;
  /** Sum of hessians in a leaf, at least; by default 0.001. */
  minHessian?: number;
  /** Added to the hessians of a leaf; by default 0. */
  l2?: number;
  /** Splits from root to leaf, at most; by default without limit. */
  maxDepth?: number;
  /** The share of rows that each tree sees, drawn anew; by default 1. */
  subsample?: number;
  /** The share of columns that each tree sees, drawn anew; by default 1. */
  columnSample?: number;
  /** Bins of a column, at most; by default 255. */
  bins?: number;
  /** By column: 1 where the prediction may only rise with it, -1 only fall, 0 free. Number columns only. */
  monotone?: readonly (-1 | 0 | 1)[];
  /** Stop after `rounds` trees without a better loss on a `share` of the rows that is held out. */
  earlyStopping?: { rounds: number; share: number };
}

const bears = { missing: true };

/**
 * Gradient boosted trees for log loss (Friedman 2001; grown leaf-wise as in Ke et al., "LightGBM", 2017). Bears
 * missing numbers, takes categories as they are, and needs no scaling. Throws `models-parameter`.
 *
 * @example
 * pipeline(rawRecipe(bank), boosting({ trees: 50, leaves: 7, learningRate: 0.1 })).fit(train).score(test);
 */
export function boosting(options: BoostingOptions = {}): Learner {
  return new Boosting(boostingRules(options));
}

/** The options with every default filled in. Throws `models-parameter`. */
export function boostingRules(options: BoostingOptions): BoostingRules {
  const rules: BoostingRules = {
    trees: options.trees ?? 200,
    leaves: options.leaves ?? 31,
    learningRate: options.learningRate ?? 0.05,
    minLeaf: options.minLeaf ?? 20,
    minHessian: options.minHessian ?? 1e-3,
    l2: options.l2 ?? 0,
    maxDepth: options.maxDepth ?? Infinity,
    subsample: options.subsample ?? 1,
    columnSample: options.columnSample ?? 1,
    bins: options.bins ?? 255,
    monotone: options.monotone ?? [],
    earlyStopping: options.earlyStopping,
  };
  const { earlyStopping, maxDepth, monotone, ...numbers } = rules;
  checkParameters<string>(
    'boosting',
    {
      ...numbers,
      maxDepth: maxDepth === Infinity ? 1 : maxDepth,
      rounds: earlyStopping ? earlyStopping.rounds : 1,
      share: earlyStopping ? earlyStopping.share : 0.5,
      ...Object.fromEntries(monotone.map((direction, j) => [`monotone[${j}]`, direction])),
    },
    {
      trees: { min: 1, integer: true },
      leaves: { min: 2, max: 4096, integer: true },
      learningRate: { above: 0 },
      minLeaf: { min: 1, integer: true },
      minHessian: { min: 0 },
      l2: { min: 0 },
      maxDepth: { min: 1, integer: true },
      subsample: { above: 0, max: 1 },
      columnSample: { above: 0, max: 1 },
      bins: { min: 2, max: 255, integer: true },
      rounds: { min: 1, integer: true },
      share: { above: 0, max: 0.9 },
      ...Object.fromEntries(monotone.map((_, j) => [`monotone[${j}]`, { min: -1, max: 1, integer: true }])),
    },
  );
  return rules;
}

/** Throws `boosting-monotone` where the constraints do not fit the columns. */
export function checkMonotone(matrix: Matrix, monotone: readonly number[]): void {
  if (monotone.length === 0) return;
  const { columns } = matrix;
  const wrong = monotone.findIndex((direction, j) => direction !== 0 && columns[j]?.kind !== 'number');
  if (wrong < 0 && monotone.length === columns.length) return;
  throw new Problem({
    code: 'boosting-monotone',
    what:
      wrong >= 0
        ? `column ${wrong} cannot be monotone: it is no column of numbers`
        : `there are ${monotone.length} monotone constraints for ${columns.length} columns`,
    expected: '1, -1 or 0 for each column of the matrix, 0 for categories',
  });
}

export const boostingReader: LearnerReader = {
  kind: 'boosting',
  read: (params) => boosting(optionsFromJson(params)),
};

export const boostingModelReader: ModelReader = {
  kind: 'boosting',
  read(json) {
    const shape = shapeFromJson(json.field('shape'));
    return new BoostingModel({
      base: json.field('base').number(),
      trees: treesFromJson(json.field('trees'), shape),
    });
  },
};

class Boosting implements Learner {
  readonly name = 'boosting';
  readonly kind = 'boosting';
  readonly params: JsonObject;
  readonly #rules: BoostingRules;

  constructor(rules: BoostingRules) {
    this.#rules = rules;
    this.params = {
      ...rules,
      maxDepth: Number.isFinite(rules.maxDepth) ? rules.maxDepth : null,
      earlyStopping: rules.earlyStopping ? { ...rules.earlyStopping } : null,
    };
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    return showProgress(this.name, options, (given) => this.#fit(matrix, labels, given));
  }

  #fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, bears);
    checkMonotone(matrix, this.#rules.monotone);
    const onlyClass = oneClassModel(matrix, labels, options);
    if (onlyClass) return onlyClass;
    return new BoostingModel(boost({ ...options, matrix, targets: labels }, this.#rules, 'log'));
  }

  [print](): string {
    const { trees, leaves, learningRate } = this.#rules;
    return `boosting: ${trees} trees of ${leaves} leaves at most, learning rate ${learningRate}`;
  }
}

class BoostingModel implements Model {
  readonly kind = 'boosting';
  readonly shape: Shape;
  readonly #boosted: BoostedTrees;

  constructor(boosted: BoostedTrees) {
    this.#boosted = boosted;
    this.shape = boosted.trees.shape;
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    const out = addTrees(this.#boosted.trees, matrix, this.#boosted.base);
    for (let i = 0; i < out.length; i++) out[i] = probabilityOf(out[i]!);
    return out;
  }

  /** Exact Shapley values of the log-odds (TreeSHAP). */
  contributions(matrix: Matrix): Contributions {
    checkPredict(matrix, this.shape, bears);
    const { base, values } = treeContributions(this.#boosted.trees, matrix);
    return { base: base + this.#boosted.base, columnCount: this.shape.length, values };
  }

  toJSON(): Json {
    const { base, trees } = this.#boosted;
    return { kind: this.kind, shape: shapeToJson(this.shape), base, trees: treesToJson(trees) };
  }

  [print](): string {
    const { trees } = this.#boosted;
    return `boosting, fitted: ${treeCount(trees)} trees with ${trees.column.filter((j) => j < 0).length} leaves`;
  }
}

function optionsFromJson(params: JsonReader): BoostingOptions {
  const depth = params.field('maxDepth');
  const stopping = params.field('earlyStopping');
  return {
    trees: params.field('trees').number(),
    leaves: params.field('leaves').number(),
    learningRate: params.field('learningRate').number(),
    minLeaf: params.field('minLeaf').number(),
    minHessian: params.field('minHessian').number(),
    l2: params.field('l2').number(),
    maxDepth: depth.value === null ? undefined : depth.number(),
    subsample: params.field('subsample').number(),
    columnSample: params.field('columnSample').number(),
    bins: params.field('bins').number(),
    monotone: [...params.field('monotone').integers({ min: -1, max: 1 })] as (-1 | 0 | 1)[],
    earlyStopping:
      stopping.value === null
        ? undefined
        : { rounds: stopping.field('rounds').number(), share: stopping.field('share').number() },
  };
}
