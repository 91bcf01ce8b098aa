/** Predicts training rows by models that did not see them. */
import { type Labels, type Matrix, matrixRows } from '../table/matrix.js';
import { innerFolds } from './inner-folds.js';
import type { FitOptions, Model } from './models.js';
import { innerSeed, optionsFor, progressPart } from './nested-fit.js';

/** The rows that were judged and weigh anything, ascending, with their labels, weights and probabilities. */
export interface OutOfFold {
  readonly labels: Labels;
  readonly weights: Float64Array | undefined;
  readonly probabilities: Float64Array;
}

/**
 * Fits once for each inner fold (see `innerFolds`) and predicts its rows. Where rows are ordered the first stretch is
 * not among the judged; nothing is where the rows cannot be split. Progress runs from 0 to folds / (folds + 1), the
 * rest being left for the fit on all rows that usually follows.
 */
export function predictOutOfFold(
  fit: (matrix: Matrix, labels: Labels, options: FitOptions) => Model,
  { matrix, labels, folds }: { matrix: Matrix; labels: Labels; folds: number },
  options: FitOptions,
): OutOfFold {
  const probabilities = new Float64Array(labels.length).fill(Number.NaN);
  const { weights } = options;
  const usable = innerFolds(labels, folds, options).filter(
    ({ train }) => !weights || train.some((i) => weights[i]! > 0),
  );
  usable.forEach(({ train, test }, k) => {
    const model = fit(
      matrixRows(matrix, train),
      Uint8Array.from(train, (i) => labels[i]!),
      {
        ...optionsFor(options, train),
        seed: innerSeed(options.seed, `inner fold ${k}`),
        onProgress: progressPart(options.onProgress, k, folds + 1),
      },
    );
    const judged = model.predict(matrixRows(matrix, test));
    test.forEach((row, at) => {
      probabilities[row] = judged[at]!;
    });
  });
  const judged = Uint32Array.from(labels.keys()).filter(
    (i) => !Number.isNaN(probabilities[i]) && weights?.[i] !== 0,
  );
  return {
    labels: Uint8Array.from(judged, (i) => labels[i]!),
    weights: optionsFor(options, judged).weights,
    probabilities: Float64Array.from(judged, (i) => probabilities[i]!),
  };
}
