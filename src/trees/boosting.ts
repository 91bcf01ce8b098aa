/** Boosting as a learner: labels or numbers in, a model of log-odds or of numbers out. */
import type { JsonObject } from '../json.js';
import { oneClassModel } from '../models/baseline.js';
import { checkFit } from '../models/check-fit.js';
import type { FitOptions, Learner, Model } from '../models/models.js';
import type { LearnerReader } from '../models/reader.js';
import { Problem } from '../problem.js';
import { showProgress } from '../progress.js';
import type { Matrix, TargetKind, Targets } from '../table/matrix.js';
import { print } from '../table/print.js';
import { type BoostingRules, boost } from './boost.js';
import { boostedModel } from './boosted-model.js';
import { type BoostingOptions, boostingRules, optionsFromJson, rulesToJson } from './boosting-options.js';
import { rulesOfFoundSize } from './find-size.js';
import { type Loss, logLoss, numberLoss } from './loss.js';

export type { BoostingOptions } from './boosting-options.js';

/**
 * Gradient boosted trees (Friedman 2001; grown leaf-wise as in Ke et al., "LightGBM", 2017, with its parameters, gradients
 * and leaf values). Labels have log loss; numbers squared loss, or the `loss` that is asked for. Bears missing numbers, takes
 * categories as they are, and needs no scaling. Told nothing of its size, it looks for leaves and number of trees by inner
 * folds where rows are few (20,000 at most); any parameter of size that is given stands, beside the defaults. Throws `models-parameter`; its `fit` also `boosting-targets` and
 * `boosting-monotone`.
 *
 * @example
 * pipeline(rawRecipe(bank), boosting({ trees: 50, leaves: 7, learningRate: 0.1 })).fit(train).score(test);
 */
export function boosting(options: BoostingOptions = {}): Learner {
  return new Boosting(boostingRules(options));
}

export const boostingReader: LearnerReader = {
  kind: 'boosting',
  read: (params) => boosting(optionsFromJson(params)),
};

class Boosting implements Learner {
  readonly name: string;
  readonly kind = 'boosting';
  /** A loss that is asked for is one on numbers. */
  readonly takes: readonly TargetKind[];
  readonly params: JsonObject;
  readonly #rules: BoostingRules;

  constructor(rules: BoostingRules) {
    this.#rules = rules;
    this.name = nameOf(rules);
    this.takes = rules.loss === undefined ? ['yesNo', 'number'] : ['number'];
    this.params = rulesToJson(rules);
  }

  fit(matrix: Matrix, targets: Targets, options: FitOptions): Model {
    return showProgress(this.name, options, (given) => this.#fit(matrix, targets, given));
  }

  #fit(matrix: Matrix, targets: Targets, options: FitOptions): Model {
    checkFit(matrix, targets, options, { missing: true, takes: this.takes });
    checkMonotone(matrix, this.#rules.monotone);
    const loss = lossFor(targets, this.#rules, options.weights);
    if (targets instanceof Uint8Array) {
      const onlyClass = oneClassModel(matrix, targets, options);
      if (onlyClass) return onlyClass;
    }
    const data = { ...options, matrix, targets };
    const rules = this.#rules.findsSize ? rulesOfFoundSize(data, this.#rules, loss) : this.#rules;
    return boostedModel(boost(data, rules, loss), loss.link);
  }

  [print](): string {
    const { trees, leaves, learningRate, findsSize } = this.#rules;
    const found = findsSize ? ', on few rows as many of both as inner folds find' : '';
    return `${this.name}: ${trees} trees of ${leaves} leaves at most, learning rate ${learningRate}${found}`;
  }
}

/** "boosting", or with its loss: "boosting (quantile 0.9)". */
function nameOf({ loss }: BoostingRules): string {
  if (loss === undefined) return 'boosting';
  const text = typeof loss === 'string' ? loss : Object.entries(loss).flat().join(' ');
  return `boosting (${text})`;
}

/** Log loss for labels, or the loss on numbers. Throws `boosting-targets` where that cannot learn them. */
function lossFor(
  targets: Targets,
  { loss = 'squared', poissonMaxDeltaStep }: BoostingRules,
  weights: Float64Array | undefined,
): Loss {
  if (targets instanceof Uint8Array) return logLoss;
  const found = numberLoss(loss, poissonMaxDeltaStep);
  if (found.link !== 'log') return found;
  const negative = targets.findIndex((target) => target < 0);
  if (negative < 0 && targets.some((target, i) => target > 0 && (weights?.[i] ?? 1) > 0)) return found;
  throw new Problem({
    code: 'boosting-targets',
    what: `the targets cannot be learned with the loss ${JSON.stringify(loss)}`,
    where: negative < 0 ? undefined : { row: negative },
    got: negative < 0 ? 'no target above 0' : String(targets[negative]),
    expected: 'numbers of at least 0, and one above it',
    remedy: "use the loss 'squared'",
  });
}

/** Throws `boosting-monotone` where the constraints do not fit the columns. */
function checkMonotone(matrix: Matrix, monotone: readonly number[]): void {
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
