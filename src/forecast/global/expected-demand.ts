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
  return { ...panel, series: panel.series.map((series, s) => demandOf(series, factors[s]!, panel.counts)) };
}

/** The panel with each value divided by the factor of its period. */
export function withoutFactors(panel: Panel, factors: readonly Float64Array[]): Panel {
  const series = panel.series.map((one, s) => ({
    ...one,
    values: one.values.map((value, i) => value / factors[s]![i]!),
  }));
  return { ...panel, series };
}

function demandOf(series: Series, factors: Float64Array, counts: boolean): Series {
  const { values, available } = series;
  const demand = values.slice();
  const known = new Uint8Array(values.length);
  /** Running sums over known periods, without their factors. */
  const [sums, squares, knowns] = [1, 2, 3].map(() => new Float64Array(values.length + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < values.length; i++) {
    const isOut = available?.[i] === 0;
    if (isOut) {
      const from = Math.max(0, i - usualWindow);
      const n = knowns[i]! - knowns[from]!;
      const mean = ((sums[i]! - sums[from]!) / n) * factors[i]!;
      const square = ((squares[i]! - squares[from]!) / n) * factors[i]! ** 2;
      const expects = values[i]! > 0 && n >= fewestKnown;
      demand[i] = expects
        ? demandAbove(values[i]!, { mean, variance: square - mean * mean, counts }).mean
        : Number.NaN;
    }
    known[i] = Number.isNaN(demand[i]!) ? 0 : 1;
    const usual = known[i] === 1 ? demand[i]! / factors[i]! : 0;
    sums[i + 1] = sums[i]! + usual;
    squares[i + 1] = squares[i]! + usual * usual;
    knowns[i + 1] = knowns[i]! + known[i]!;
  }
  return { ...series, values: demand, available: known };
}

/** The mean and the variance of demand. */
export interface DemandMoments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * What a gamma variable is expected to be, and how far it strays from that, given that it is above what was sold: its cube root is
 * about normal (Wilson and Hilferty, 1931). Counts above 3 are 4 or more: the variable is then above 3.5.
 */
export function demandAbove(
  sold: number,
  { mean, variance, counts }: DemandMoments & { counts: boolean },
): DemandMoments {
  if (!(mean > 0 && variance > 0)) return { mean: sold, variance: 0 };
  // Beyond this the approximation does not hold, and what varies so much is taken to vary less.
  const ofRoot = Math.min(mostVariance, variance / (9 * mean * mean));
  const [a, b] = [1 - ofRoot, Math.sqrt(ofRoot)];
  const unit = mean / (a ** 3 + 3 * a * b * b);
  const least = Math.cbrt((counts ? sold + 0.5 : sold) / unit);
  const z = (least - a) / b;
  // Far out the tail is empty, and demand is little more than what was sold.
  if (z > 5) return { mean: sold, variance: 0 };
  const above = normalDensity(z) / normalTail(z);
  // Moments of the root: those of a normal variable above z follow from one another (Stein).
  const moments = [1, a + b * above];
  for (let k = 2; k <= 6; k++)
    moments.push(a * moments[k - 1]! + (k - 1) * b * b * moments[k - 2]! + b * above * least ** (k - 1));
  const cube = unit * moments[3]!;
  return { mean: Math.max(sold, cube), variance: Math.max(0, unit * unit * moments[6]! - cube * cube) };
}
