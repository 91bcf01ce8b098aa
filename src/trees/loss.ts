/** What boosting lowers: log loss for labels; squared, absolute, quantile, Poisson or Tweedie loss for numbers. */
import { finiteLogOddsOf } from '../models/log-odds.js';
import { weightedMean } from '../models/weighted-mean.js';
import { absoluteLoss, poissonLoss, quantileLoss, squaredLoss, tweedieLoss } from './kernel/structures.js';
import { quantileOf } from './quantile-of.js';

/**
 * A loss on numbers, as data. 'squared' predicts the mean, 'absolute' the median, `quantile` the value below which that share
 * of targets lies, in (0, 1). 'poisson' and `tweedie` predict the mean of numbers that are not negative, such as counts or
 * amounts, by trees that add up to its logarithm; `tweedie` is the power of the variance, in (1, 2).
 */
export type NumberLoss =
  | 'squared'
  | 'absolute'
  | 'poisson'
  | { readonly quantile: number }
  | { readonly tweedie: number };

/** What the scores are: log-odds of a label, the number itself, or its logarithm. */
export type Link = 'log-odds' | 'identity' | 'log';

/** A loss as boosting needs it. */
export interface Loss {
  readonly link: Link;
  /** The constant score that has the least loss. */
  base(targets: Float64Array, weights: Float64Array | undefined): number;
  /** What the kernel of gradients goes by; log loss has a kernel of its own. */
  readonly kernel?: { readonly loss: number; readonly parameter: number };
  /** Where -G/H is not the best value of a leaf: the share of residuals that shall lie below it. */
  readonly renewal?: number;
  /** The loss of one row at a score. */
  of(score: number, target: number): number;
}

/** Log loss, of labels. */
export const logLoss: Loss = {
  link: 'log-odds',
  base: (targets, weights) => finiteLogOddsOf(weightedMean(targets, weights)),
  // log(1 + e^score) - target * score, without overflow.
  of: (score, target) => Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - target * score,
};

/** The loss of that name; `maxDeltaStep` is LightGBM's `poisson_max_delta_step`. Gradients and hessians are LightGBM's. */
export function numberLoss(name: NumberLoss, maxDeltaStep: number): Loss {
  if (name === 'squared') return squared;
  if (name === 'absolute') return absolute;
  if (name === 'poisson') return poisson(maxDeltaStep);
  return 'quantile' in name ? quantile(name.quantile) : tweedie(name.tweedie);
}

const squared: Loss = {
  link: 'identity',
  base: weightedMean,
  kernel: { loss: squaredLoss, parameter: 0 },
  of: (score, target) => (score - target) ** 2 / 2,
};

const absolute: Loss = {
  link: 'identity',
  base: (targets, weights) => quantileOf(targets.slice(), 0.5, weights),
  kernel: { loss: absoluteLoss, parameter: 0 },
  renewal: 0.5,
  of: (score, target) => Math.abs(score - target),
};

function quantile(share: number): Loss {
  return {
    link: 'identity',
    base: (targets, weights) => quantileOf(targets.slice(), share, weights),
    kernel: { loss: quantileLoss, parameter: share },
    // The gradient only has a sign; the quantile of the residuals is the minimum.
    renewal: share,
    of: (score, target) => (target >= score ? share * (target - score) : (1 - share) * (score - target)),
  };
}

function poisson(maxDeltaStep: number): Loss {
  return {
    link: 'log',
    base: logOfMean,
    kernel: { loss: poissonLoss, parameter: Math.exp(maxDeltaStep) },
    of: (score, target) => Math.exp(score) - target * score,
  };
}

function tweedie(power: number): Loss {
  return {
    link: 'log',
    base: logOfMean,
    kernel: { loss: tweedieLoss, parameter: power },
    of: (score, target) =>
      Math.exp((2 - power) * score) / (2 - power) - (target * Math.exp((1 - power) * score)) / (1 - power),
  };
}

function logOfMean(targets: Float64Array, weights: Float64Array | undefined): number {
  return Math.log(weightedMean(targets, weights));
}
