/** Isotonic regression: the rising step function nearest to the labels, by pooling adjacent violators. */
import type { Labels } from '../table/matrix.js';

/** A rising, piecewise linear function through these points; flat outside them. `x` rises strictly. */
export interface Isotonic {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Fits labels by their scores with least squares under the condition that the fit never falls. Equal scores are first
 * pooled. Points inside a flat stretch are dropped, since the line between its ends says the same. Equal to
 * scikit-learn's `IsotonicRegression(out_of_bounds='clip')`.
 * Source: Barlow et al., "Statistical Inference under Order Restrictions", 1972 (pool adjacent violators).
 */
export function fitIsotonic(scores: Float64Array, labels: Labels, weights?: Float64Array): Isotonic {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
  // A block: mean, weight, and the distinct scores at which it begins and ends.
  const blocks: { mean: number; weight: number; from: number; to: number }[] = [];
  for (let at = 0; at < order.length; ) {
    const score = scores[order[at]!]!;
    let sum = 0;
    let total = 0;
    for (; at < order.length && scores[order[at]!] === score; at++) {
      const weight = weights ? weights[order[at]!]! : 1;
      sum += weight * labels[order[at]!]!;
      total += weight;
    }
    if (total === 0) continue;
    let block = { mean: sum / total, weight: total, from: score, to: score };
    while (blocks.length > 0 && blocks[blocks.length - 1]!.mean >= block.mean) {
      const before = blocks.pop()!;
      const weight = before.weight + block.weight;
      const mean = (before.mean * before.weight + block.mean * block.weight) / weight;
      block = { mean, weight, from: before.from, to: block.to };
    }
    blocks.push(block);
  }
  const x: number[] = [];
  const y: number[] = [];
  for (const { mean, from, to } of blocks) {
    x.push(from);
    y.push(mean);
    if (to > from) {
      x.push(to);
      y.push(mean);
    }
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}

/** The fitted function at `score`: linear between points, flat outside. */
export function isotonicAt({ x, y }: Isotonic, score: number): number {
  const last = x.length - 1;
  if (score <= x[0]!) return y[0]!;
  if (score >= x[last]!) return y[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= score) low = middle;
    else high = middle;
  }
  return y[low]! + ((score - x[low]!) / (x[high]! - x[low]!)) * (y[high]! - y[low]!);
}
