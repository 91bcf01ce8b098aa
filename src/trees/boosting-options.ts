/** What boosting may be told, with defaults, checks, and as JSON. */

import type { NumberRule } from '../check-numbers.js';
import type { JsonObject, JsonReader } from '../json.js';
import { checkParameters } from '../models/check-parameters.js';
import type { BoostingRules } from './boost.js';
import type { NumberLoss } from './loss.js';
import { checkLossName, lossFromJson, lossToJson, numberIn } from './number-loss.js';

/**
 * What boosting may be told; each has a default. Names in brackets are LightGBM's. Where none of those that bound its size is
 * given (from `trees` to `columnSample`, and `earlyStopping`), leaves and trees are found by inner folds on up to 20,000 rows.
 */
export interface BoostingOptions {
  /** What is lowered where the target is a number; by default 'squared'. Labels have log loss. [objective] */
  loss?: NumberLoss;
  /** How many trees, at most; by default 200. [num_iterations] */
  trees?: number;
  /** Leaves of a tree, at most; by default 31. [num_leaves] */
  leaves?: number;
  /** The share of each step that is taken; by default 0.05. [learning_rate] */
  learningRate?: number;
  /** Rows in a leaf, at least; by default 20. [min_data_in_leaf] */
  minLeaf?: number;
  /** Sum of hessians in a leaf, at least; by default 0.001. [min_sum_hessian_in_leaf] */
  minHessian?: number;
  /** Added to the hessians of a leaf; by default 0. [lambda_l2] */
  l2?: number;
  /** Splits from root to leaf, at most; by default without limit. [max_depth] */
  maxDepth?: number;
  /** The share of rows that each tree sees, drawn anew; by default 1. [bagging_fraction, bagging_freq 1] */
  subsample?: number;
  /** The share of columns that each tree sees, drawn anew; by default 1. [feature_fraction] */
  columnSample?: number;
  /** Bins of a column, at most; by default 255. [max_bin] */
  bins?: number;
  /** By column: 1 where the prediction may only rise with it, -1 only fall, 0 free. Number columns only. [monotone_constraints] */
  monotone?: readonly (-1 | 0 | 1)[];
  /** Stop after `rounds` trees without a better loss on a `share` of the rows that is held out. [early_stopping_round] */
  earlyStopping?: { rounds: number; share: number };
  /** Holds back the steps of Poisson loss, whose hessians are multiplied by e to this; by default 0.7. [poisson_max_delta_step] */
  poissonMaxDeltaStep?: number;
}

/** The options with every default filled in. Throws `models-parameter`. */
export function boostingRules(options: BoostingOptions): BoostingRules {
  const rules: BoostingRules = {
    loss: options.loss,
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
    findsSize: sizes.every((name) => options[name] === undefined),
    poissonMaxDeltaStep: options.poissonMaxDeltaStep ?? 0.7,
  };
  const { earlyStopping, findsSize: _, loss, maxDepth, monotone, ...numbers } = rules;
  checkLossName(loss);
  const inLoss = numberIn(loss);
  const directions = monotone.map((direction, j): [string, number] => [`monotone[${j}]`, direction]);
  checkParameters<string>(
    'boosting',
    {
      ...numbers,
      maxDepth: maxDepth === Infinity ? 1 : maxDepth,
      rounds: earlyStopping ? earlyStopping.rounds : 1,
      share: earlyStopping ? earlyStopping.share : 0.5,
      ...Object.fromEntries(directions),
      ...inLoss.values,
    },
    {
      ...bounds,
      ...Object.fromEntries(directions.map(([name]) => [name, { min: -1, max: 1, integer: true }])),
      ...inLoss.rules,
    },
  );
  return rules;
}

/** One of these that is given stands for a size that was thought of. */
const sizes = [
  ...(['trees', 'leaves', 'learningRate', 'minLeaf', 'minHessian', 'l2'] as const),
  ...(['maxDepth', 'subsample', 'columnSample', 'earlyStopping'] as const),
];

const bounds: Readonly<Record<string, NumberRule>> = {
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
  poissonMaxDeltaStep: { above: 0 },
};

/** The rules as parameters of a learner: what bounds the size is null where none of it was given. */
export function rulesToJson({ findsSize, ...rules }: BoostingRules): JsonObject {
  return {
    ...rules,
    loss: lossToJson(rules.loss),
    maxDepth: Number.isFinite(rules.maxDepth) ? rules.maxDepth : null,
    earlyStopping: rules.earlyStopping ? { ...rules.earlyStopping } : null,
    ...(findsSize && Object.fromEntries(sizes.map((name) => [name, null]))),
  };
}

/** What `rulesToJson` wrote, as options. Throws `artefact-structure`. */
export function optionsFromJson(params: JsonReader): BoostingOptions {
  const given = (name: string): number | undefined => {
    const field = params.field(name);
    return field.value === null ? undefined : field.number();
  };
  const stopping = params.field('earlyStopping');
  return {
    loss: lossFromJson(params.field('loss')),
    trees: given('trees'),
    leaves: given('leaves'),
    learningRate: given('learningRate'),
    minLeaf: given('minLeaf'),
    minHessian: given('minHessian'),
    l2: given('l2'),
    maxDepth: given('maxDepth'),
    subsample: given('subsample'),
    columnSample: given('columnSample'),
    bins: params.field('bins').number(),
    monotone: [...params.field('monotone').integers({ min: -1, max: 1 })] as (-1 | 0 | 1)[],
    earlyStopping:
      stopping.value === null
        ? undefined
        : { rounds: stopping.field('rounds').number(), share: stopping.field('share').number() },
    poissonMaxDeltaStep: params.field('poissonMaxDeltaStep').number(),
  };
}
