/** Probability and log-odds (the margin), one from the other. */

/** 1 / (1 + e^-margin), without overflow. */
export function probabilityOf(margin: number): number {
  if (margin >= 0) return 1 / (1 + Math.exp(-margin));
  const power = Math.exp(margin);
  return power / (1 + power);
}

/** log(p / (1 - p)); ±Infinity at 1 and 0. */
export function logOddsOf(probability: number): number {
  return Math.log(probability) - Math.log1p(-probability);
}

/** Log-odds held within ±36.04 (probabilities of 2.2e-16 from 0 and 1), for what must stay finite. */
export function finiteLogOddsOf(probability: number): number {
  return logOddsOf(Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON));
}
