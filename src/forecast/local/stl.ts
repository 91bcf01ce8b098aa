/** STL: a series as trend, season and what is left, by local regressions. */
import { loess, loessAt } from './loess.js';

/** The parts of a series that are not left over; each as long as the series. */
export interface Decomposition {
  readonly trend: Float64Array;
  readonly season: Float64Array;
}

const odd = (value: number): number => (value % 2 === 0 ? value + 1 : value);

/**
 * The series must hold two seasons at least and no gap. `smoother` is how many neighbouring years' values of a place of the
 * season count, odd. Equals statsmodels' STL with local means over the season, five inner rounds and none for outliers.
 * Source: Cleveland, Cleveland, McRae and Terpenning, "STL: a seasonal-trend decomposition procedure based on loess", 1990.
 */
export function stl(
  values: Float64Array,
  { season: length, smoother }: { season: number; smoother: number },
): Decomposition {
  const trendWindow = odd(Math.ceil((1.5 * length) / (1 - 1.5 / smoother)));
  const lowPass = { window: odd(length + 1), degree: 1 } as const;
  let trend: Float64Array = new Float64Array(values.length);
  let season: Float64Array = new Float64Array(values.length);
  for (let round = 0; round < 5; round++) {
    const around = values.map((value, i) => value - trend[i]!);
    const cycles = smoothedCycles(around, length, smoother);
    const slow = movingMean(movingMean(movingMean(cycles, length), length), 3);
    const low = loess(slow, lowPass);
    season = low.map((value, i) => cycles[length + i]! - value);
    trend = loess(
      values.map((value, i) => value - season[i]!),
      { window: trendWindow, degree: 1 },
    );
  }
  return { trend, season };
}

/** Each place of the season smoothed over the years, with one season more at either end. */
function smoothedCycles(values: Float64Array, length: number, window: number): Float64Array {
  const cycles = new Float64Array(values.length + 2 * length);
  for (let place = 0; place < length; place++) {
    const years = values.filter((_, i) => i % length === place);
    const inner = loess(years, { window, degree: 0 });
    cycles[place] = loessAt(years, -1, { window, degree: 0 });
    for (let year = 0; year < years.length; year++) cycles[(year + 1) * length + place] = inner[year]!;
    cycles[(years.length + 1) * length + place] = loessAt(years, years.length, { window, degree: 0 });
  }
  return cycles;
}

function movingMean(values: Float64Array, count: number): Float64Array {
  const means = new Float64Array(values.length - count + 1);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  means[0] = sum / count;
  for (let i = 1; i < means.length; i++) {
    sum += values[i + count - 1]! - values[i - 1]!;
    means[i] = sum / count;
  }
  return means;
}
