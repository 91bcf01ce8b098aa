/** DeLong's interval for an AUC, and for the difference of two AUCs on the same rows. */
import type { Labels } from '../../table/matrix.js';
import { checkPredictions } from '../../task/check-predictions.js';
import { rankingOf } from '../../task/metrics/ranking.js';
import type { Estimate } from '../../task/predictions.js';
import { normalQuantile } from './normal-quantile.js';

/**
 * The AUC with DeLong's interval, normal on the AUC's own scale and cut at 0 and 1. It takes rows as independent: for
 * rows in time order use the block bootstrap. All NaN with one class only; the error is NaN with one row of a class.
 * Source: DeLong, DeLong and Clarke-Pearson 1988, in O(n log n) after Sun and Xu, "Fast implementation of DeLong's
 * algorithm", IEEE Signal Processing Letters 21, 2014.
 */
export function delong(
  labels: Labels,
  probabilities: Float64Array,
  options: { level?: number } = {},
): Estimate {
  const { value, ofYes, ofNo } = placements(labels, probabilities);
  return estimateOf(value, ofYes, ofNo, [0, 1], options.level);
}

/**
 * AUC of `a` minus AUC of `b` on the same rows, with DeLong's interval, cut at −1 and 1. Source: as `delong`.
 */
export function delongDifference(
  labels: Labels,
  probabilities: { a: Float64Array; b: Float64Array },
  options: { level?: number } = {},
): Estimate {
  const a = placements(labels, probabilities.a);
  const b = placements(labels, probabilities.b);
  const ofYes = a.ofYes.map((value, i) => value - b.ofYes[i]!);
  const ofNo = a.ofNo.map((value, i) => value - b.ofNo[i]!);
  return estimateOf(a.value - b.value, ofYes, ofNo, [-1, 1], options.level);
}

/** For each yes, the share of no that it ranks above; for each no, the share of yes that rank above it. */
interface Placements {
  readonly value: number;
  /** In the order of the rows. */
  readonly ofYes: Float64Array;
  readonly ofNo: Float64Array;
}

function placements(labels: Labels, probabilities: Float64Array): Placements {
  checkPredictions({ targets: labels, predicted: probabilities });
  const { order, labels: sorted, ends } = rankingOf({ targets: labels, predicted: probabilities });
  const yes = labels.reduce((sum, label) => sum + label, 0);
  const no = labels.length - yes;
  const placed = new Float64Array(labels.length);
  let [yesAbove, noAbove, start] = [0, 0, 0];
  for (let rank = 0; rank < order.length; rank++) {
    if (ends[rank] === 0) continue;
    let tiedYes = 0;
    for (let i = start; i <= rank; i++) tiedYes += sorted[i]!;
    const tiedNo = rank + 1 - start - tiedYes;
    for (let i = start; i <= rank; i++) {
      placed[order[i]!] = sorted[i] === 1 ? (no - noAbove - tiedNo / 2) / no : (yesAbove + tiedYes / 2) / yes;
    }
    yesAbove += tiedYes;
    noAbove += tiedNo;
    start = rank + 1;
  }
  const ofYes = placed.filter((_, row) => labels[row] === 1);
  const ofNo = placed.filter((_, row) => labels[row] === 0);
  return { value: mean(ofYes), ofYes, ofNo };
}

function estimateOf(
  value: number,
  ofYes: Float64Array,
  ofNo: Float64Array,
  [least, most]: readonly [number, number],
  level = 0.95,
): Estimate {
  const error = Math.sqrt(variance(ofYes) / ofYes.length + variance(ofNo) / ofNo.length);
  const reach = normalQuantile((1 + level) / 2) * error;
  return {
    value,
    low: Math.max(least, value - reach),
    high: Math.min(most, value + reach),
    level,
    error,
    method: 'DeLong',
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** With n − 1; NaN for fewer than two. */
function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
