/** What a wrapper hands to the learner inside it: options for some of the rows, a share of the progress, a seed of its own. */
import { seededRandom } from '../random.js';
import type { FitOptions } from './models.js';

/** `options` for these rows only, which may repeat. */
export function optionsFor(options: FitOptions, rows: Uint32Array): FitOptions {
  const { weights, groups } = options;
  return {
    ...options,
    weights: weights && Float64Array.from(rows, (i) => weights[i]!),
    groups: groups && Int32Array.from(rows, (i) => groups[i]!),
  };
}

/** The progress of part `index` of `count` equal parts. */
export function progressPart(
  onProgress: FitOptions['onProgress'],
  index: number,
  count: number,
): FitOptions['onProgress'] {
  return onProgress && ((share) => onProgress((index + share) / count));
}

/** A seed for one of several fits inside a fit, so that their draws are independent. */
export function innerSeed(seed: number, label: string): number {
  return seededRandom(seed).fork(label).integer(4294967296);
}
