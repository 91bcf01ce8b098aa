/** The season of a series: whether it has one, and what it multiplies or adds in each place. */

/** What each place of the season multiplies or adds, from the series' first period on. */
export interface SeasonalFactors {
  readonly kind: 'multiplied' | 'added';
  readonly values: Float64Array;
}

/**
 * Whether the autocorrelation at the length of the season differs from 0 with 90 % confidence, given those before it; never
 * so in fewer than three seasons. The test of the M competitions.
 */
export function hasSeason(values: Float64Array, season: number): boolean {
  if (season < 2 || values.length < 3 * season) return false;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const around = values.map((value) => value - mean);
  const whole = around.reduce((sum, value) => sum + value * value, 0);
  if (whole === 0) return false;
  const correlation = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < around.length; i++) sum += around[i]! * around[i - lag]!;
    return sum / whole;
  };
  let squares = 0;
  for (let lag = 1; lag < season; lag++) squares += correlation(lag) ** 2;
  return Math.abs(correlation(season)) > 1.6448536269514722 * Math.sqrt((1 + 2 * squares) / values.length);
}

/**
 * Classical decomposition: a centred moving mean over a season is taken away, and what is left is averaged by place.
 * Factors multiply where the series is above 0 and none of them is below .01, else they are added. The series needs two
 * seasons at least. Source: Hyndman and Athanasopoulos, "Forecasting: principles and practice", section 3.4.
 */
export function seasonalFactors(values: Float64Array, season: number): SeasonalFactors {
  if (values.every((value) => value > 0)) {
    const factors = averages(values, season, (value, trend) => value / trend);
    const mean = factors.reduce((sum, factor) => sum + factor, 0) / season;
    const scaled = factors.map((factor) => factor / mean);
    if (scaled.every((factor) => factor >= 0.01)) return { kind: 'multiplied', values: scaled };
  }
  const differences = averages(values, season, (value, trend) => value - trend);
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / season;
  return { kind: 'added', values: differences.map((difference) => difference - mean) };
}

/** What is left of each place without its trend, on average. */
function averages(
  values: Float64Array,
  season: number,
  without: (value: number, trend: number) => number,
): Float64Array {
  const half = Math.floor(season / 2);
  const [sums, counts] = [new Float64Array(season), new Float64Array(season)];
  for (let i = half; i < values.length - half; i++) {
    let trend = 0;
    for (let j = i - half; j <= i + half; j++) {
      // An even season has no middle: its two ends count half each.
      const weight = season % 2 === 0 && (j === i - half || j === i + half) ? 0.5 : 1;
      trend += weight * values[j]!;
    }
    sums[i % season]! += without(values[i]!, trend / season);
    counts[i % season]!++;
  }
  return sums.map((sum, place) => sum / counts[place]!);
}
