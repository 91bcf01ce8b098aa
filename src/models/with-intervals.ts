/** Puts an interval around every number that another learner predicts, by conformal prediction. */
import type { JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import { type Matrix, matrixRows, type Numbers, type TargetKind } from '../table/matrix.js';
import { print } from '../table/print.js';
import { checkFit } from './check-fit.js';
import { checkInside } from './check-inside.js';
import { checkParameters } from './check-parameters.js';
import { describe } from './describe.js';
import { type Interval, intervalModel } from './interval-model.js';
import type { FitOptions, Learner, Model } from './models.js';
import { innerSeed, optionsFor, progressPart } from './nested-fit.js';
import { type OutOfFold, type OutOfFoldRows, predictOutOfFold } from './out-of-fold.js';
import { type LearnerReader, learnerJson } from './reader.js';
import { weightedQuantile } from './weighted-quantile.js';

/** What `withIntervals` takes. */
export interface WithIntervalsOptions {
  /** The share of intervals that hold what comes true, above 0 and below 1; 0.9 by default. */
  level?: number;
  /**
   * Learns how far off the number tends to be in which rows, such as `ridge()`: intervals are then wide where it is and
   * narrow where it is not. Without it all have the same width.
   */
  spread?: Learner;
}

/**
 * `learner` with intervals: a row is answered by [number, low, high]. The number is what `learner` alone predicts. Half the
 * width is the quantile of the distances between prediction and truth over training rows that were predicted by models
 * which had not seen them: five folds that keep groups whole, or, where rows are `ordered`, the last fifth, predicted from
 * what came before (less its groups, unless that leaves nothing). With `spread` distances are taken relative to those it expects for the row, which it learns as
 * logarithms.
 *
 * This is split conformal prediction (Lei et al. 2018, "Distribution-free predictive inference for regression"; with
 * `spread` locally weighted, their section 5.2), with the residuals of cross-validation instead of those of one part (the
 * "CV" method of Barber et al. 2021, "Predictive inference with the jackknife+") and the model refitted on all rows. The
 * coverage holds for rows like those of training, new groups included; a drift in time can break it. `fit` throws
 * `models-intervals-few` where there are too few rows for the level.
 *
 * @example
 * const { train, test } = splitByOrder(sales);
 * const model = pipeline(salesRecipe, withIntervals(ridge(), { level: 0.8 })).fit(train);
 * const [number, low, high] = model.predict(test); // of the first row; then those of the second
 */
export function withIntervals(learner: Learner, options: WithIntervalsOptions = {}): Learner {
  return new WithIntervals(learner, options.level ?? 0.9, options.spread);
}

export const withIntervalsReader: LearnerReader = {
  kind: 'withIntervals',
  read(params, readLearner) {
    const spread = params.optional('spread');
    return withIntervals(readLearner(params.field('learner')), {
      level: params.field('level').number(),
      ...(spread && { spread: readLearner(spread) }),
    });
  },
};

const takes: readonly TargetKind[] = ['number'];

/** Inner folds of rows in no order; rows in order are cut into as many stretches. */
const parts = 5;

class WithIntervals implements Learner {
  readonly name: string;
  readonly kind = 'withIntervals';
  readonly takes = takes;
  readonly params: JsonObject;
  readonly #learner: Learner;
  readonly #level: number;
  readonly #spread: Learner | undefined;

  constructor(learner: Learner, level: number, spread: Learner | undefined) {
    checkParameters('withIntervals', { level }, { level: { above: 0, below: 1 } });
    checkInside(learner, { wrapper: '`withIntervals`', kind: 'number' });
    if (spread) checkInside(spread, { wrapper: '`withIntervals`', kind: 'number' });
    this.name = `${learner.name}, ${percent(level)} intervals${spread ? ' by row' : ''}`;
    this.params = {
      learner: learnerJson(learner),
      level,
      ...(spread && { spread: learnerJson(spread) }),
    };
    this.#learner = learner;
    this.#level = level;
    this.#spread = spread;
  }

  fit(matrix: Matrix, targets: Numbers, options: FitOptions): Model {
    checkFit(matrix, targets, options, { missing: true, takes });
    const { onProgress, ordered } = options;
    // Fits of the learner on parts, of the spread on parts, of both on all rows: three parts of the progress.
    const during = (part: number): FitOptions => ({
      ...options,
      onProgress: progressPart(onProgress, part, 3),
    });
    const folds = ordered ? { folds: parts - 1, last: this.#spread ? 2 : 1 } : { folds: parts };
    const judged = heldOut(this.#learner, { matrix, targets, ...folds }, during(0));
    const distances = judged.targets.map((target, i) => Math.abs(target - judged.predicted[i]!));
    const own = optionsFor(during(1), judged.rows);
    const interval = this.#interval(matrixRows(matrix, judged.rows), distances, own);
    return intervalModel(this.#learner.fit(matrix, targets, during(2)), interval);
  }

  #interval(matrix: Matrix, distances: Float64Array, options: FitOptions): Interval {
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    if (!this.#spread || !(mean > 0)) return { half: this.#quantile(distances, options.weights) };
    // A distance of 0 has no logarithm.
    const logs = distances.map((distance) => Math.log(distance + 0.01 * mean));
    const spread = this.#spread;
    const rows = { matrix, targets: logs, folds: options.ordered ? 1 : parts };
    const judged = heldOut(spread, rows, { ...options, seed: innerSeed(options.seed, 'spread') });
    const least = logs.reduce((a, b) => Math.min(a, b));
    const most = logs.reduce((a, b) => Math.max(a, b));
    const relative = Float64Array.from(judged.rows, (row, i) => {
      return distances[row]! / Math.exp(Math.min(Math.max(judged.predicted[i]!, least), most));
    });
    const half = this.#quantile(relative, judged.weights);
    return { half, spread: { model: spread.fit(matrix, logs, options), least, most } };
  }

  #quantile(distances: Float64Array, weights: Float64Array | undefined): number {
    const half = weightedQuantile(distances, { level: this.#level, weights });
    if (Number.isFinite(half)) return half;
    const needed = Math.ceil(this.#level / (1 - this.#level) - 1e-9);
    throw new Problem({
      code: 'models-intervals-few',
      what: `${this.name}: there are too few rows to say how far off ${percent(this.#level)} of the predictions are`,
      got: `${distances.length} rows to judge by`,
      rows: distances.length,
      expected: `at least ${needed} rows that are held out inside the fit`,
      remedy: 'ask for a lower level, or give it more rows (or more groups)',
    });
  }

  [print](): string {
    const by = this.#spread ? `, wide where ${describe(this.#spread)} says` : '';
    return `${describe(this.#learner)} with ${percent(this.#level)} intervals${by}`;
  }
}

/**
 * Predicts rows by models that did not see them. Where every group of ordered rows comes back in the last stretch, none is
 * left to learn from: the order alone decides then.
 */
function heldOut(learner: Learner, rows: OutOfFoldRows<Numbers>, options: FitOptions): OutOfFold<Numbers> {
  const judgedBy = (how: FitOptions): OutOfFold<Numbers> =>
    predictOutOfFold((...given) => learner.fit(...given), rows, how);
  const judged = judgedBy(options);
  return options.ordered && options.groups && judged.rows.length === 0
    ? judgedBy({ ...options, groups: undefined })
    : judged;
}

function percent(level: number): string {
  return `${Number((100 * level).toPrecision(6))} %`;
}
