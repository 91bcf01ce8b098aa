/** Scores of distributions: pinball loss, scaled CRPS and coverage. */
import { checkNumbers } from '../../check-numbers.js';
import { quantileOfSorted } from '../quantile-of-sorted.js';
import type { ForecastCase, ForecastMetric } from './metric.js';

/** .05, .10 … .95. */
export const nineteen: readonly number[] = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

/** Twice the pinball losses at these levels, and the size of what came, both summed over the steps. */
function losses({ sorted, actual }: ForecastCase, levels: readonly number[]): [number, number] | undefined {
  const count = sorted!.length / actual.length;
  let [loss, size, known] = [0, 0, 0];
  for (let step = 0; step < actual.length; step++) {
    const value = actual[step]!;
    if (Number.isNaN(value)) continue;
    known++;
    size += Math.abs(value);
    const paths = sorted!.subarray(step * count, (step + 1) * count);
    for (const level of levels) {
      const difference = value - quantileOfSorted(paths, level);
      loss += 2 * Math.max(level * difference, (level - 1) * difference);
    }
  }
  return known === 0 ? undefined : [loss / levels.length, size];
}

/**
 * Twice the pinball loss at one level in percent, by the sum of all that came: what an order at this quantile would cost, each
 * piece too many weighing 1 − level and each too few level. At .5 it is WAPE.
 *
 * @example
 * seriesPinball(0.9).name // → 'pinball .9'
 */
export function seriesPinball(level: number): ForecastMetric {
  checkNumbers({ code: 'forecast-bad-setting', of: 'pinball' }, { level }, { level: { above: 0, below: 1 } });
  return {
    name: `pinball ${String(level).replace(/^0/, '')}`,
    ofPaths: true,
    measure: (one) => losses(one, [level]),
    combine: ([loss, size]) => (100 * loss!) / size!,
  };
}

/**
 * Continuous ranked probability score in percent of all that came, from the 19 quantiles .05 to .95: WAPE for distributions.
 * Source: Rangapuram and others, "End-to-end learning of coherent probabilistic forecasts for hierarchical time series", 2021.
 *
 * @example
 * scaledCrps().name // → 'scaled CRPS'
 */
export function scaledCrps(): ForecastMetric {
  return {
    name: 'scaled CRPS',
    ofPaths: true,
    measure: (one) => losses(one, nineteen),
    combine: ([loss, size]) => (100 * loss!) / size!,
  };
}

/**
 * The share of values inside the central interval, in percent; a ranking takes how far it is from `level`.
 *
 * @example
 * seriesCoverage({ level: 0.9 }).name // → 'coverage of 90 %'
 */
export function seriesCoverage({ level = 0.9 }: { level?: number } = {}): ForecastMetric {
  checkNumbers(
    { code: 'forecast-bad-setting', of: 'coverage' },
    { level },
    { level: { above: 0, below: 1 } },
  );
  return {
    name: `coverage of ${Math.round(1000 * level) / 10} %`,
    ofPaths: true,
    measure: ({ sorted, actual }) => {
      const count = sorted!.length / actual.length;
      let [inside, known] = [0, 0];
      for (let step = 0; step < actual.length; step++) {
        const value = actual[step]!;
        if (Number.isNaN(value)) continue;
        known++;
        const paths = sorted!.subarray(step * count, (step + 1) * count);
        const [low, high] = [(1 - level) / 2, (1 + level) / 2].map((share) => quantileOfSorted(paths, share));
        if (low! <= value && value <= high!) inside++;
      }
      return known === 0 ? undefined : [inside, known];
    },
    combine: ([inside, known]) => (100 * inside!) / known!,
    loss: (value) => Math.abs(value - 100 * level),
  };
}
