/** Gradient boosting itself: trees one after another, each fitted to the gradients that the ones before it left. */
import { type Random, seededRandom } from '../random.js';
import { type Matrix, matrixRows, shapeOf, type Targets } from '../table/matrix.js';
import { type Arena, makeArena } from './arena.js';
import { type Bins, learnBins } from './binning.js';
import { innerSplit, Judge } from './early-stopping.js';
import { Grower, type GrowRules } from './grower.js';
import { harvest, leavesOf } from './harvest.js';
import type { Loss, NumberLoss } from './loss.js';
import { addTrees } from './predictor.js';
import { usualCategories } from './split-rules.js';
import { joinTrees, type Trees } from './trees.js';

/** The parameters of boosting, all filled in. */
export interface BoostingRules {
  /** Undefined where the target decides. */
  readonly loss: NumberLoss | undefined;
  readonly trees: number;
  readonly leaves: number;
  readonly learningRate: number;
  readonly minLeaf: number;
  readonly minHessian: number;
  readonly l2: number;
  readonly maxDepth: number;
  readonly subsample: number;
  readonly columnSample: number;
  readonly bins: number;
  readonly monotone: readonly number[];
  readonly earlyStopping: { readonly rounds: number; readonly share: number } | undefined;
  /** True where no size was asked for: it is looked for on few rows. */
  readonly findsSize: boolean;
  readonly poissonMaxDeltaStep: number;
}

/** What boosting learns from. */
export interface BoostingData {
  readonly matrix: Matrix;
  /** Labels for log loss; numbers for the others. Finite. */
  readonly targets: Targets;
  readonly weights?: Float64Array;
  readonly groups?: Int32Array;
  readonly ordered?: boolean;
  readonly seed: number;
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
  readonly threads?: number;
}

/** Trees that add up, from a base, to scores. */
export interface BoostedTrees {
  readonly base: number;
  readonly trees: Trees;
}

/**
 * Gradient boosting with leaf-wise trees on binned columns (Friedman, "Greedy function approximation", 2001; Ke et
 * al., "LightGBM", 2017). Categories and missing values are split on as they are. With early stopping, `share` of
 * the rows (the last ones where rows are ordered, whole groups where there are groups) judge each tree; growing ends
 * after `rounds` trees without a better loss, and the trees up to the best stay.
 */
export function boost(data: BoostingData, rules: BoostingRules, loss: Loss): BoostedTrees {
  const { earlyStopping } = rules;
  if (!earlyStopping) return new Booster(data, rules, loss).run().grown;
  const { train, held } = innerSplit(data, earlyStopping.share);
  return new Booster(rowsOf(data, train), rules, loss).run({
    held: rowsOf(data, held),
    patience: earlyStopping.rounds,
  }).grown;
}

/**
 * The loss on the held rows after 0, 1, 2 … trees, until `patience` of them have come without a better one. Without progress,
 * for it is a look ahead of a fit.
 */
export function heldOutLosses(
  { onProgress: _, ...train }: BoostingData,
  more: { held: BoostingData; rules: BoostingRules; loss: Loss; patience: number },
): readonly number[] {
  const { held, rules, loss, patience } = more;
  return new Booster(train, rules, loss).run({ held, patience }).losses;
}

class Booster {
  readonly #data: BoostingData;
  readonly #rules: BoostingRules;
  readonly #loss: Loss;
  readonly #bins: readonly Bins[];
  readonly #arena: Arena;
  readonly #grower: Grower;
  readonly #random: Random;
  /** The rows that weigh something. */
  readonly #rows: Uint32Array;

  constructor(data: BoostingData, rules: BoostingRules, loss: Loss) {
    const { matrix, targets, weights } = data;
    this.#data = data;
    this.#rules = rules;
    this.#loss = loss;
    this.#random = seededRandom(data.seed).fork('boosting');
    this.#bins = learnBins(matrix, { most: rules.bins, seed: data.seed });
    this.#arena = makeArena(matrix, this.#bins, {
      slots: rules.leaves + 1,
      gradients: loss.kernel !== undefined,
      runsFor: data.threads ?? 1,
    });
    this.#arena.targets.set(targets);
    if (weights) this.#arena.weights.set(weights);
    this.#rows = Uint32Array.from({ length: matrix.rowCount }, (_, i) => i);
    if (weights) this.#rows = this.#rows.filter((row) => weights[row]! > 0);
    const growRules: GrowRules = {
      leaves: rules.leaves,
      maxDepth: rules.maxDepth,
      minLeaf: rules.minLeaf,
      minHessian: rules.minHessian,
      l2: rules.l2,
      monotone: rules.monotone.some((direction) => direction !== 0) ? rules.monotone : [],
      ...usualCategories,
      // Such gradients have two values, so that many splits gain the same.
      takesLast: loss.renewal !== undefined,
    };
    this.#grower = new Grower(this.#arena, growRules, data.threads);
  }

  run(inner?: { held: BoostingData; patience: number }): { grown: BoostedTrees; losses: readonly number[] } {
    const { trees } = this.#rules;
    const { matrix, onProgress, signal } = this.#data;
    const base = this.#loss.base(this.#arena.targets, this.#data.weights);
    const judge = inner && new Judge(this.#loss, inner.held, base);
    const grown: Trees[] = [];
    this.#arena.scores.fill(base);
    try {
      for (let i = 0; i < trees; i++) {
        signal?.throwIfAborted();
        const tree = this.#growOne(this.#random.fork(i));
        grown.push(tree);
        judge?.judge(tree);
        onProgress?.((i + 1) / trees);
        if (judge && judge.treesSinceBest >= inner!.patience) break;
      }
    } finally {
      this.#grower.close();
    }
    onProgress?.(1);
    const kept = joinTrees(shapeOf(matrix), judge ? grown.slice(0, judge.best) : grown);
    return { grown: { base, trees: kept }, losses: judge?.losses ?? [] };
  }

  #growOne(random: Random): Trees {
    const { layout, rows } = this.#arena;
    const { subsample, columnSample } = this.#rules;
    const scales = this.#grower.fillPairs(this.#loss);
    const drawn = subsample < 1 ? drawSome(this.#rows, subsample, random.fork('rows')) : this.#rows;
    rows.set(drawn);
    const all = Uint32Array.from({ length: layout.columnCount }, (_, j) => j);
    const columns = columnSample < 1 ? drawSome(all, columnSample, random.fork('columns')) : all;
    const root = this.#grower.grow(drawn.length, [...columns], scales);
    const leaves = leavesOf(root);
    const { renewal } = this.#loss;
    if (renewal !== undefined)
      this.#grower.renew(leaves, { share: renewal, isWeighted: this.#data.weights !== undefined });
    // In so few digits that the saved tree is the one that was used.
    for (const leaf of leaves) leaf.value = Number((leaf.value * this.#rules.learningRate).toPrecision(7));
    const tree = harvest(root, shapeOf(this.#data.matrix), this.#bins);
    if (subsample < 1) this.#addToAll(tree);
    else this.#grower.addSteps(leaves, drawn.length);
    return tree;
  }

  #addToAll(tree: Trees): void {
    const { scores } = this.#arena;
    const steps = addTrees(tree, this.#data.matrix, 0);
    for (let i = 0; i < scores.length; i++) scores[i]! += steps[i]!;
  }
}

/** A share of the values, at least one where there are any, drawn without putting back; in their order. */
function drawSome(values: Uint32Array, share: number, random: Random): Uint32Array {
  const out = new Uint32Array(Math.min(values.length, Math.max(1, Math.round(values.length * share))));
  let taken = 0;
  for (let i = 0; i < values.length && taken < out.length; i++)
    if (random.uniform() * (values.length - i) < out.length - taken) out[taken++] = values[i]!;
  return out;
}

/** The same for some of the rows. */
export function rowsOf(data: BoostingData, rows: Uint32Array): BoostingData {
  const { weights, groups } = data;
  return {
    ...data,
    matrix: matrixRows(data.matrix, rows),
    targets: Float64Array.from(rows, (row) => data.targets[row]!),
    weights: weights && Float64Array.from(rows, (row) => weights[row]!),
    groups: groups && Int32Array.from(rows, (row) => groups[row]!),
  };
}
