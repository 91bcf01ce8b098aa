/** Platt scaling: a logistic curve through scores, with smoothed targets. */
import type { Labels } from '../table/matrix.js';
import { probabilityOf } from './log-odds.js';

/** probability = 1 / (1 + e^-(slope·score + intercept)). */
export interface Platt {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Fits by Newton's method with backtracking. Targets are (n₁ + 1)/(n₁ + 2) and 1/(n₀ + 2) in place of 1 and 0, so that
 * the curve stays finite even where scores divide the classes; n are sums of weights.
 * Source: Platt, "Probabilistic outputs for support vector machines", 1999; Lin, Lin and Weng, "A note on Platt's
 * probabilistic outputs", 2007.
 */
export function fitPlatt(scores: Float64Array, labels: Labels, weights?: Float64Array): Platt {
  const weightOf = (i: number): number => (weights ? weights[i]! : 1);
  let ones = 0;
  let zeros = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) ones += weightOf(i);
    else zeros += weightOf(i);
  }
  const high = (ones + 1) / (ones + 2);
  const low = 1 / (zeros + 2);
  const loss = (slope: number, intercept: number): number => {
    let sum = 0;
    for (let i = 0; i < scores.length; i++) {
      const margin = slope * scores[i]! + intercept;
      const target = labels[i] === 1 ? high : low;
      sum += weightOf(i) * (Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))) - target * margin);
    }
    return sum;
  };
  let slope = 0;
  let intercept = Math.log((ones + 1) / (zeros + 1));
  let value = loss(slope, intercept);
  for (let iteration = 0; iteration < 100; iteration++) {
    let [g1, g2, h11, h12, h22] = [0, 0, 1e-12, 0, 1e-12];
    for (let i = 0; i < scores.length; i++) {
      const score = scores[i]!;
      const p = probabilityOf(slope * score + intercept);
      const residual = weightOf(i) * (p - (labels[i] === 1 ? high : low));
      const curvature = weightOf(i) * p * (1 - p);
      g1 += residual * score;
      g2 += residual;
      h11 += curvature * score * score;
      h12 += curvature * score;
      h22 += curvature;
    }
    if (Math.abs(g1) < 1e-10 * (ones + zeros) && Math.abs(g2) < 1e-10 * (ones + zeros)) break;
    const determinant = h11 * h22 - h12 * h12;
    // Scores that are all the same leave only the intercept to be found.
    const moveSlope = determinant > 1e-12 * h11 * h22 ? -(h22 * g1 - h12 * g2) / determinant : 0;
    const moveIntercept = moveSlope === 0 ? -g2 / h22 : -(h11 * g2 - h12 * g1) / determinant;
    const decrease = g1 * moveSlope + g2 * moveIntercept;
    let step = 1;
    let next = loss(slope + moveSlope, intercept + moveIntercept);
    while (step > 1e-10 && !(next <= value + 1e-4 * step * decrease)) {
      step /= 2;
      next = loss(slope + step * moveSlope, intercept + step * moveIntercept);
    }
    // No step lowers the loss any more: what is left is rounding.
    if (!(next < value)) break;
    slope += step * moveSlope;
    intercept += step * moveIntercept;
    value = next;
  }
  return { slope, intercept };
}
