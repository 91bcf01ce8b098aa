/** The weighted share of rows whose label is 1. */
import type { Labels } from '../table/matrix.js';

/** Σ weight·label / Σ weight; every weight is 1 where none are given. */
export function baseRate(labels: Labels, weights?: Float64Array): number {
  let ones = 0;
  let all = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights ? weights[i]! : 1;
    if (labels[i] === 1) ones += weight;
    all += weight;
  }
  return ones / all;
}
