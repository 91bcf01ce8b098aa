/** The bootstrap: many resamples of the same rows, the same for every measure, so that differences are paired. */
import { seededRandom } from '../../random.js';
import type { Counts, Estimate } from '../../task/predictions.js';
import { type ResampledRows, resamplerFor } from './resampler.js';

/** A measure's value for a resample. */
export type Measure = (counts: Counts) => number;

/** How the bootstrap is run. */
export interface BootstrapOptions {
  /** How many resamples, 1,000 by default. */
  samples?: number;
  /** Draws them, 0 by default. Equal rows and seed give equal samples. */
  seed?: number;
}

/** The values of each measure on each resample, and how these were made. */
export interface Replicates {
  readonly values: readonly Float64Array[];
  readonly method: string;
}

/** Runs all measures on the same resamples of the same rows, in O(rows) each. */
export function bootstrap(
  rows: ResampledRows,
  measures: readonly Measure[],
  { samples = 1000, seed = 0 }: BootstrapOptions = {},
): Replicates {
  const resampler = resamplerFor(rows);
  const random = seededRandom(seed).fork('bootstrap');
  const counts = new Uint16Array(rows.rows.length);
  const values = measures.map(() => new Float64Array(samples));
  for (let sample = 0; sample < samples && measures.length > 0; sample++) {
    resampler.draw(random, counts);
    for (let i = 0; i < measures.length; i++) values[i]![sample] = measures[i]!(counts);
  }
  return { values, method: resampler.describe(samples) };
}

/**
 * The percentile interval of these replicates about `value`, widened to hold the value itself where resampling is
 * biased. Replicates without a value (a resample of one class) are left out; all is NaN where none has one.
 */
export function percentileInterval(
  value: number,
  replicates: Float64Array,
  options: { method: string; level?: number },
): Estimate {
  const { method, level = 0.95 } = options;
  const sorted = replicates.filter((replicate) => !Number.isNaN(replicate)).sort();
  const mean = sorted.reduce((sum, replicate) => sum + replicate, 0) / sorted.length;
  const squares = sorted.reduce((sum, replicate) => sum + (replicate - mean) ** 2, 0);
  const quantile = (share: number): number => {
    const at = share * (sorted.length - 1);
    const low = sorted[Math.floor(at)]!;
    const high = sorted[Math.ceil(at)]!;
    return low + (high - low) * (at - Math.floor(at));
  };
  const known = sorted.length > 1 && !Number.isNaN(value);
  return {
    value,
    low: known ? Math.min(value, quantile((1 - level) / 2)) : Number.NaN,
    high: known ? Math.max(value, quantile((1 + level) / 2)) : Number.NaN,
    level,
    error: known ? Math.sqrt(squares / (sorted.length - 1)) : Number.NaN,
    method,
  };
}
