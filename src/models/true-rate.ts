/** Brings the probabilities of a model that saw resampled or reweighted rows back to the true base rate. */
import type { JsonReader } from '../json.js';
import type { Labels, Matrix } from '../table/matrix.js';
import { baseRate } from './base-rate.js';
import type { FitOptions, Model } from './models.js';
import { progressPart } from './nested-fit.js';
import { predictOutOfFold } from './out-of-fold.js';
import { priorShift, shiftedModel, shiftToMean } from './shifted-model.js';

/**
 * Whether probabilities are brought back to the true base rate: by the model's own training rows (true), by rows
 * predicted out of fold ('out of fold': five more fits, for learners that learn their rows by heart, as a forest with
 * leaves of one row does), or not at all.
 */
export type Correction = boolean | 'out of fold';

/** A fit on rows whose base rate was changed, and to what. */
export type SampledFit = (
  matrix: Matrix,
  labels: Labels,
  options: FitOptions,
) => { model: Model; sampledRate: number };

const folds = 5;

/**
 * The model of `fit` with its odds multiplied by one factor, such that the mean probability of true rows is their base
 * rate (both weighted where rows are).
 *
 * The factor of the textbooks, (π/(1-π))·((1-π′)/π′) (Elkan 2001; Saerens et al. 2002), is right for a model that was
 * calibrated at the rate it was shown; it is used only where no factor gives the mean. Measured on the bank data, mean
 * probability of held-out rows whose true rate is .117: the textbook's factor gives .113 to .117 for logistic regression
 * but .144 to .178 for naive Bayes, which is too sure; the factor found from training rows gives .1168 to .1170 for
 * both and within .001 for boosting.
 */
export function fitAtTrueRate(
  fit: SampledFit,
  { matrix, labels, correct }: { matrix: Matrix; labels: Labels; correct: Correction },
  options: FitOptions,
): Model {
  const rate = baseRate(labels, options.weights);
  if (correct !== 'out of fold') {
    const { model, sampledRate } = fit(matrix, labels, options);
    if (!correct || sampledRate === rate) return model;
    const shift = shiftToMean(model.predict(matrix), rate, options.weights);
    return shiftedModel(model, shift ?? priorShift(rate, sampledRate));
  }
  const rows = { matrix, targets: labels, folds };
  const judged = predictOutOfFold((...own) => fit(...own).model, rows, options);
  const onProgress = progressPart(options.onProgress, folds, folds + 1);
  const { model, sampledRate } = fit(matrix, labels, { ...options, onProgress });
  if (sampledRate === rate) return model;
  // The rate of the judged rows: in time order these are not all rows.
  const judgedRate = baseRate(judged.targets, judged.weights);
  const shift = shiftToMean(judged.predicted, judgedRate, judged.weights);
  return shiftedModel(model, shift ?? priorShift(rate, sampledRate));
}

/** The correction as it stands in a learner's parameters. */
export function readCorrection(json: JsonReader): Correction {
  return typeof json.value === 'boolean' ? json.value : json.oneOf(['out of fold'] as const);
}

/** What a learner's text says of its correction beyond the default. */
export function correctionText(correct: Correction): string {
  if (correct === 'out of fold') return ', corrected out of fold';
  return correct ? '' : ', not corrected';
}
