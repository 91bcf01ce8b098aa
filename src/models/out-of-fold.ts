/** Predicts training rows by models that did not see them. */
import { type Matrix, matrixRows, type Targets } from '../table/matrix.js';
import { takeTargets } from '../table/take-targets.js';
import { innerFolds } from './inner-folds.js';
import type { FitOptions, Model } from './models.js';
import { innerSeed, optionsFor, progressPart } from './nested-fit.js';

/** The rows that were judged and weigh anything, ascending, with what came true, weights and predictions. */
export interface OutOfFold<T extends Targets> {
  /** Places among the rows that were given. */
  readonly rows: Uint32Array;
  readonly targets: T;
  readonly weights: Float64Array | undefined;
  /** One number a row, the first where a model answers with several. */
  readonly predicted: Float64Array;
}

/** What is to be predicted out of fold. */
export interface OutOfFoldRows<T extends Targets> {
  readonly matrix: Matrix;
  readonly targets: T;
  readonly folds: number;
  /** How many of the folds judge, counted from the last; all by default. */
  readonly last?: number;
}

/**
 * Fits once for each inner fold (see `innerFolds`) and predicts its rows. Where rows are ordered the first stretch is
 * not among the judged; nothing is where the rows cannot be split. Progress runs from 0 to folds / (folds + 1), the
 * rest being left for the fit on all rows that usually follows.
 */
export function predictOutOfFold<T extends Targets>(
  fit: (matrix: Matrix, targets: T, options: FitOptions) => Model,
  { matrix, targets, folds, last = folds }: OutOfFoldRows<T>,
  options: FitOptions,
): OutOfFold<T> {
  const predicted = new Float64Array(targets.length).fill(Number.NaN);
  const { weights } = options;
  const usable = innerFolds(targets, folds, options)
    .slice(-last)
    .filter(({ train }) => !weights || train.some((i) => weights[i]! > 0));
  usable.forEach(({ train, test }, k) => {
    const model = fit(matrixRows(matrix, train), takeTargets(targets, train), {
      ...optionsFor(options, train),
      seed: innerSeed(options.seed, `inner fold ${k}`),
      onProgress: progressPart(options.onProgress, k, folds + 1),
    });
    const { width = 1 } = model;
    const judged = model.predict(matrixRows(matrix, test));
    test.forEach((row, at) => {
      predicted[row] = judged[at * width]!;
    });
  });
  const rows = Uint32Array.from(targets.keys()).filter(
    (i) => !Number.isNaN(predicted[i]) && weights?.[i] !== 0,
  );
  return {
    rows,
    targets: takeTargets(targets, rows),
    weights: optionsFor(options, rows).weights,
    predicted: Float64Array.from(rows, (i) => predicted[i]!),
  };
}
