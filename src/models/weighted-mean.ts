/** The mean of numbers that weigh differently. */

/** Σ weight·value / Σ weight; every weight is 1 where none are given. */
export function weightedMean(values: ArrayLike<number>, weights?: Float64Array): number {
  let [sum, all] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i]! : 1;
    sum += weight * values[i]!;
    all += weight;
  }
  return sum / all;
}
