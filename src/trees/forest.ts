/** The random forest as a learner: labels or numbers in, an average of leaves out. */
import type { Json, JsonObject, JsonReader } from '../json.js';
import { oneClassModel } from '../models/baseline.js';
import { checkFit, checkPredict } from '../models/check-fit.js';
import { checkParameters } from '../models/check-parameters.js';
import type { Contributions, FitOptions, Learner, Model } from '../models/models.js';
import type { LearnerReader, ModelReader } from '../models/reader.js';
import { shapeFromJson, shapeToJson } from '../models/shape-json.js';
import { showProgress } from '../progress.js';
import type { Matrix, Shape, TargetKind, Targets } from '../table/matrix.js';
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
  /**
   * Columns tried at each split: 'sqrt' of their number, or a share of it in (0, 1]; by default 'sqrt' for labels, and a third
   * for numbers.
   */
  columnSample?: 'sqrt' | number;
  /** Whether each tree draws its rows with putting back; by default true. */
  bootstrap?: boolean;
  /** Bins of a column, at most; by default 255. */
  bins?: number;
}

const takes: readonly TargetKind[] = ['yesNo', 'number'];
const bears = { missing: true, takes };

/**
 * A random forest (Breiman 2001) on binned columns. The answer is the mean of the leaves: of their shares of ones for
 * labels, of their means for numbers. Bears missing numbers, takes categories as they are, and needs no scaling. Throws
 * `models-parameter`.
 *
 * @example
 * pipeline(rawRecipe(bank), randomForest({ trees: 50, minLeaf: 5 })).fit(train).score(test);
 */
export function randomForest(options: ForestOptions = {}): Learner {
  return new RandomForest(forestRules(options));
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
      columnSample: sampleFromJson(sample),
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
    return new ForestModel(trees, json.field('target').oneOf(['yesNo', 'number'] as const));
  },
};

function forestRules(options: ForestOptions): ForestRules {
  const rules: ForestRules = {
    trees: options.trees ?? 300,
    minLeaf: options.minLeaf ?? 5,
    maxDepth: options.maxDepth ?? Infinity,
    columnSample: options.columnSample,
    bootstrap: options.bootstrap ?? true,
    bins: options.bins ?? 255,
  };
  const { trees, minLeaf, bins, columnSample, maxDepth } = rules;
  checkParameters(
    'random forest',
    {
      ...{ trees, minLeaf, bins },
      maxDepth: maxDepth === Infinity ? 1 : maxDepth,
      columnSample: columnSample === undefined || columnSample === 'sqrt' ? 1 : columnSample,
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

/** "sqrt", a share, or null where the target decides. */
function sampleFromJson(json: JsonReader): ForestOptions['columnSample'] {
  if (json.value === null) return undefined;
  return typeof json.value === 'number' ? json.number() : json.oneOf(['sqrt'] as const);
}

class RandomForest implements Learner {
  readonly name = 'random forest';
  readonly kind = 'random-forest';
  readonly takes = takes;
  readonly params: JsonObject;
  readonly #rules: ForestRules;

  constructor(rules: ForestRules) {
    this.#rules = rules;
    this.params = {
      ...rules,
      maxDepth: Number.isFinite(rules.maxDepth) ? rules.maxDepth : null,
      columnSample: rules.columnSample ?? null,
    };
  }

  fit(matrix: Matrix, targets: Targets, options: FitOptions): Model {
    return showProgress(this.name, options, (given) => this.#fit(matrix, targets, given));
  }

  #fit(matrix: Matrix, targets: Targets, options: FitOptions): Model {
    checkFit(matrix, targets, options, bears);
    if (targets instanceof Uint8Array) {
      const onlyClass = oneClassModel(matrix, targets, options);
      if (onlyClass) return onlyClass;
    }
    // With no column to split on, every tree is the answer of all rows.
    const rules = matrix.columns.length > 0 ? this.#rules : { ...this.#rules, trees: 1, bootstrap: false };
    const trees = joinTrees(shapeOf(matrix), growForest(matrix, targets, rules, options));
    return new ForestModel(trees, targets instanceof Uint8Array ? 'yesNo' : 'number');
  }

  [print](): string {
    return `random forest: ${this.#rules.trees} trees, at least ${this.#rules.minLeaf} rows in a leaf`;
  }
}

class ForestModel implements Model {
  readonly kind = 'random-forest';
  readonly shape: Shape;
  readonly #trees: Trees;
  readonly #target: 'yesNo' | 'number';

  constructor(trees: Trees, target: 'yesNo' | 'number') {
    this.#trees = trees;
    this.#target = target;
    this.shape = trees.shape;
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    const count = treeCount(this.#trees);
    const sums = addTrees(this.#trees, matrix, 0);
    return this.#target === 'yesNo'
      ? sums.map((sum) => Math.min(1, Math.max(0, sum / count)))
      : sums.map((sum) => sum / count);
  }

  /** Exact Shapley values of the answer (TreeSHAP): a forest adds up probabilities, not log-odds, or numbers. */
  contributions(matrix: Matrix): Contributions {
    checkPredict(matrix, this.shape, bears);
    const count = treeCount(this.#trees);
    const { base, values } = treeContributions(this.#trees, matrix);
    return {
      unit: this.#target === 'yesNo' ? 'probability' : 'target',
      base: base / count,
      columnCount: this.shape.length,
      values: values.map((value) => value / count),
    };
  }

  toJSON(): Json {
    return {
      kind: this.kind,
      target: this.#target,
      shape: shapeToJson(this.shape),
      trees: treesToJson(this.#trees),
    };
  }

  [print](): string {
    const leaves = this.#trees.column.filter((j) => j < 0).length;
    return `random forest, fitted: ${treeCount(this.#trees)} trees with ${leaves} leaves`;
  }
}
