/** What boosting lowers: log loss for labels, squared or quantile loss for numbers. */
import { finiteLogOddsOf } from '../models/log-odds.js';
import type { Field } from './field.js';

/** Which loss, as data; `quantile` is the share of targets that shall lie below, in (0, 1). */
export type LossName = 'log' | 'squared' | { readonly quantile: number };

/** A loss with its gradients. */
export interface Loss {
  /** The constant that has the least loss. */
  base(targets: Float64Array, weights: Float64Array): number;
  /** The greatest magnitudes that gradients and hessians can have, where the kernel fills them in (log loss). */
  bounds?(weights: Float64Array): { gradient: number; hessian: number };
  /** Else: fills the field's gradients and hessians at its scores; returns the greatest magnitudes in them. */
  fill?(field: Field): { gradient: number; hessian: number };
  /** Where -G/H is not the best value of a leaf: the best one, from the residuals of its rows. */
  renew?(residuals: Float64Array, weights: Float64Array): number;
  /** The loss of one row at a score. */
  of(score: number, target: number): number;
}

/** The loss of that name. */
export function lossOf(name: LossName): Loss {
  if (name === 'log') return logLoss();
  return name === 'squared' ? squaredLoss : quantileLoss(name.quantile);
}

function logLoss(): Loss {
  let most: number | undefined;
  return {
    base: (targets, weights) => finiteLogOddsOf(mean(targets, weights)),
    bounds(weights) {
      most ??= greatest(weights);
      return { gradient: most, hessian: most / 4 };
    },
    // log(1 + e^score) - target * score, without overflow.
    of: (score, target) => Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - target * score,
  };
}

const squaredLoss: Loss = {
  base: mean,
  fill({ scores, targets, weights, gradients, hessians }) {
    for (let i = 0; i < scores.length; i++) gradients[i] = weights[i]! * (scores[i]! - targets[i]!);
    hessians.set(weights);
    return { gradient: greatest(gradients), hessian: greatest(weights) };
  },
  of: (score, target) => (score - target) ** 2 / 2,
};

function quantileLoss(share: number): Loss {
  return {
    base: (targets, weights) => weightedQuantile(targets, weights, share),
    fill({ scores, targets, weights, gradients, hessians }) {
      for (let i = 0; i < scores.length; i++)
        gradients[i] = weights[i]! * (scores[i]! >= targets[i]! ? 1 - share : -share);
      hessians.set(weights);
      const most = greatest(weights);
      return { gradient: most, hessian: most };
    },
    // The gradient only has a sign; the quantile of the residuals is the exact minimum.
    renew: (residuals, weights) => weightedQuantile(residuals, weights, share),
    of: (score, target) => (target >= score ? share * (target - score) : (1 - share) * (score - target)),
  };
}

function mean(values: Float64Array, weights: Float64Array): number {
  let [sum, all] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += weights[i]! * values[i]!;
    all += weights[i]!;
  }
  return sum / all;
}

/** The least value at which the weights of the values up to it reach the share of all: the inverse of the ECDF. */
function weightedQuantile(values: Float64Array, weights: Float64Array, share: number): number {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  let all = 0;
  for (const weight of weights) all += weight;
  let below = 0;
  for (const i of order) {
    below += weights[i]!;
    if (weights[i]! > 0 && below >= share * all) return values[i]!;
  }
  return values[order.at(-1)!]!;
}

function greatest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > most) most = size;
  }
  return most;
}
