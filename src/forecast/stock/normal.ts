/** The standard normal distribution, to about 15 digits. */

/** Its density at `z`. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** The share of it that lies above `z`: exact in the far tail too. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  return z < 3 ? 0.5 - seriesFromZero(z) : normalDensity(z) * fractionFrom(z);
}

/** The share that lies between 0 and `z`: a series whose terms are all positive. */
function seriesFromZero(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 1; term > sum * 1e-18; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return sum * normalDensity(z);
}

/** Mills' ratio from `z` on, by its continued fraction, from its end. */
function fractionFrom(z: number): number {
  let value = z;
  for (let k = 120; k >= 1; k--) value = z + k / value;
  return 1 / value;
}

/**
 * Below which value the share `probability` of it lies, in (0, 1): a rational approximation for a start, then Halley's steps.
 * Infinite at 0 and 1.
 */
export function normalQuantile(probability: number): number {
  if (probability <= 0) return -Infinity;
  if (probability >= 1) return Infinity;
  if (probability > 0.5) return -normalQuantile(1 - probability);
  let z = -startOf(probability);
  for (let i = 0; i < 3; i++) {
    const step = (normalTail(-z) - probability) / normalDensity(z);
    z -= step / (1 + (z * step) / 2);
  }
  return z;
}

/** Abramowitz and Stegun 26.2.23: right to .00045. */
function startOf(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  );
}
