/** How common each class is. */
import type { Classes } from '../table/matrix.js';
import type { FitOptions } from './models.js';

/** How many classes there are: what the options say, or as many as the greatest code needs. */
export function classCount(targets: Classes, { classes }: Pick<FitOptions, 'classes'>): number {
  return classes ?? targets.reduce((most, code) => Math.max(most, code + 1), 0);
}

/** The weighted share of each class; they sum to 1. */
export function sharesOf(targets: Classes, options: Pick<FitOptions, 'classes' | 'weights'>): Float64Array {
  const { weights } = options;
  const shares = new Float64Array(classCount(targets, options));
  let all = 0;
  for (let i = 0; i < targets.length; i++) {
    const weight = weights ? weights[i]! : 1;
    shares[targets[i]!]! += weight;
    all += weight;
  }
  return shares.map((share) => share / all);
}
