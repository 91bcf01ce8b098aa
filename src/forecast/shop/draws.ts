/** Draws of counts: Poisson, and negative binomial, which spreads more. */
import type { Random } from '../../random.js';

/** A Poisson count with this mean. */
export function drawPoisson(random: Random, mean: number): number {
  let count = 0;
  // Sums of Poisson counts are Poisson; beyond some hundreds the exponential would be too small a number.
  for (let left = mean; left > 0; left -= 30) {
    const floor = Math.exp(-Math.min(30, left));
    for (let product = random.uniform(); product > floor; product *= random.uniform()) count++;
  }
  return count;
}

/** A count with this mean, and variance mean + mean² / `size`: a Poisson count whose mean is a gamma variable. */
export function drawNegativeBinomial(random: Random, { mean, size }: { mean: number; size: number }): number {
  return drawPoisson(random, (mean / size) * drawGamma(random, size));
}

/** A gamma variable with scale 1. Source: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000. */
export function drawGamma(random: Random, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
