/** Demand behind sales: what was wanted of each period, as far as it can be told where stock ran out. */
import type { Panel, Series } from '../panel/panel.js';
import { normalDensity, normalTail } from '../stock/normal.js';

/** Periods that tell what was usual before stock ran out, and how many of them must be known. */
const usualWindow = 26;
const fewestKnown = 8;
/** The largest variance of the cube root of a gamma variable of mean 1 that is reckoned with. */
const mostVariance = 0.4;

/**
 * The panel with demand in place of sales. Where an article ran out, demand is what is expected above what was sold; where nothing was
 * sold, or too little is known before, it is not known: NaN, and not `available`. `factors` are those of each series' periods.
 */
export function expectedDemand(panel: Panel, factors: readonly Float64Array[]): Panel {
  return { ...panel, series: panel.series.map((series, s) => demandOf(series, factors[s]!)) };
}

/** The panel with each value divided by the factor of its period. */
export function withoutFactors(panel: Panel, factors: readonly Float64Array[]): Panel {
  const series = panel.series.map((one, s) => ({
    ...one,
    values: one.values.map((value, i) => value / factors[s]![i]!),
  }));
  return { ...panel, series };
}

function demandOf(series: Series, factors: Float64Array): Series {
  const { values, available } = series;
  const demand = values.slice();
  const known = new Uint8Array(values.length);
  /** Running sums over known periods, without their factors. */
  const [sums, squares, counts] = [1, 2, 3].map(() => new Float64Array(values.length + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < values.length; i++) {
    const isOut = available?.[i] === 0;
    if (isOut) {
      const from = Math.max(0, i - usualWindow);
      const n = counts[i]! - counts[from]!;
      const mean = ((sums[i]! - sums[from]!) / n) * factors[i]!;
      const square = ((squares[i]! - squares[from]!) / n) * factors[i]! ** 2;
      const expects = values[i]! > 0 && n >= fewestKnown;
      demand[i] = expects
        ? expectedAbove(values[i]!, mean, Math.sqrt(Math.max(0, square - mean * mean)))
        : Number.NaN;
    }
    known[i] = Number.isNaN(demand[i]!) ? 0 : 1;
    const usual = known[i] === 1 ? demand[i]! / factors[i]! : 0;
    sums[i + 1] = sums[i]! + usual;
    squares[i + 1] = squares[i]! + usual * usual;
    counts[i + 1] = counts[i]! + known[i]!;
  }
  return { ...series, values: demand, available: known };
}

/**
 * What a gamma variable is expected to be, given that it is above what was sold: its cube root is about normal (Wilson and
 * Hilferty, 1931).
 */
export function expectedAbove(sold: number, mean: number, sd: number): number {
  if (!(mean > 0 && sd > 0)) return sold;
  // Beyond this the approximation does not hold, and what varies so much is taken to vary less.
  const variance = Math.min(mostVariance, (sd / mean) ** 2 / 9);
  const [a, b] = [1 - variance, Math.sqrt(variance)];
  const unit = mean / (a ** 3 + 3 * a * b * b);
  const z = (Math.cbrt(sold / unit) - a) / b;
  // Far out the tail is empty, and demand is little more than what was sold.
  if (z > 5) return sold;
  const above = normalDensity(z) / normalTail(z);
  // The first three moments of a normal variable above z.
  const cube =
    a ** 3 + 3 * a * a * b * above + 3 * a * b * b * (1 + z * above) + b ** 3 * (z * z + 2) * above;
  return Math.max(sold, unit * cube);
}
